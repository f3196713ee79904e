import type { Audience, TenderStatus, TenderSummary } from '@umuhuza/contracts/tenders/schemas';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import type { Book } from '@umuhuza/eventing/book';
import type { TenderRefusal } from './tender/refusals.ts';
import type { Tender, TenderFact } from './tender/tender.ts';

export type TenderFilter = {
  /** Whose view the summaries are. */
  readonly reader: string;
  /** Only those of the reader's organisation, of every state; otherwise only what everybody may see. */
  readonly mine: boolean;
  /** Only those the reader’s organisation follows and, once their bids are open, those it has bid for. */
  readonly following: boolean;
  /** `open`: published, and its deadline has not passed. */
  readonly status: TenderStatus | 'all' | 'open';
  /** The digits their CPV codes begin with. */
  readonly cpvBranch?: string | undefined;
  /** Each of these words stands in the title or near the beginning of the description, as `askedWordsOf` makes them. */
  readonly words?: readonly string[] | undefined;
  readonly audience?: Audience | undefined;
  /** Only those whose deadline lies before this instant. */
  readonly closesBefore?: string | undefined;
  /** `newest`: by publication, or creation of one's own, the latest first. `deadline`: by deadline, the next first; only those that have one. */
  readonly order: 'newest' | 'deadline';
  /** The present instant. */
  readonly at: string;
};
export type TenderPage = { readonly items: TenderSummary[]; readonly next: string | null };

export type TenderBook = Pick<Book<Tender, TenderFact, TenderRefusal | NotTaken>, 'find' | 'change' | 'create' | 'outbox'> & {
  /**
   * For views: the tender without the bids that are sealed, which no view shows. They are not even read, and
   * what skipping them takes is less than it always takes, so that the time does not tell how many there are.
   */
  readonly look: (id: string) => Promise<Tender | undefined>;
  /** The cursor is opaque, and stays where it is whatever is published meanwhile; one that is not ours is a named value, never an error. */
  readonly list: (filter: TenderFilter, limit: number, cursor: string | undefined) => Promise<TenderPage | 'unknown-cursor'>;
  /** Published tenders whose deadline lies before this instant. */
  readonly dueToClose: (at: string, limit: number) => Promise<string[]>;
  /** Closed tenders without an open question. */
  readonly dueToOpen: (limit: number) => Promise<string[]>;
  /** Tenders whose buyer others have waited for until this instant, so that it is to be reminded. */
  readonly dueToRemind: (at: string, limit: number) => Promise<string[]>;
  /** Tenders with questions of an earlier version, which name their askers. */
  readonly namingAskers: (limit: number) => Promise<string[]>;
  /** Tenders of which contents of bids wait to be deleted. */
  readonly withLeftovers: (limit: number) => Promise<string[]>;
};
