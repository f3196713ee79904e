import type { EnvironmentContent, EnvironmentView } from '@umuhuza/contracts/sandbox/schemas';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import type { Book } from '@umuhuza/eventing/book';
import type { Environment, EnvironmentFact } from './environment/environment.ts';
import type { EnvironmentRefusal } from './environment/refusals.ts';

export type EnvironmentFilter = {
  readonly kind?: string | undefined;
  readonly language?: string | undefined;
  /** All of this host's; without it, the open ones of every host. */
  readonly host?: string | undefined;
};
export type EnvironmentPage = { readonly items: EnvironmentView[]; readonly next: string | null };

export type EnvironmentBook = Pick<
  Book<Environment<EnvironmentContent>, EnvironmentFact<EnvironmentContent>, EnvironmentRefusal | NotTaken>,
  'find' | 'change' | 'outbox'
> & {
  /** The newest first. The cursor is opaque; one that is not ours is a named value, never an error. */
  readonly list: (
    filter: EnvironmentFilter,
    limit: number,
    cursor: string | undefined,
  ) => Promise<EnvironmentPage | 'unknown-cursor'>;
};
