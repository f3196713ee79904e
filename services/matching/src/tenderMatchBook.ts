import type { Book } from '@umuhuza/eventing/book';
import type { TenderMatch, TenderMatchFact } from './tenderMatch/tenderMatch.ts';

/** Which firms were told of which tender. */
export type TenderMatchBook = Pick<Book<TenderMatch, TenderMatchFact, never>, 'find' | 'change' | 'outbox'> & {
  /** Of these tenders, those the firm was told of. */
  readonly toldOf: (organisationId: string, tenderIds: readonly string[]) => Promise<ReadonlySet<string>>;
};
