import type { Book } from '@umuhuza/eventing/book';
import type { Cooperation, CooperationFact } from './cooperation/cooperation.ts';

export type KnownCooperation = Exclude<Cooperation, { status: 'none' }>;

export type CooperationBook = Pick<Book<Cooperation, CooperationFact, never>, 'find' | 'change' | 'outbox'> & {
  /** Of one organisation, newest first. */
  readonly list: (
    organisationId: string,
    limit: number,
    cursor: string | undefined,
  ) => Promise<{ items: KnownCooperation[]; next: string | null } | 'unknown-cursor'>;
};
