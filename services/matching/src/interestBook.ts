import type { InterestStatus } from '@umuhuza/contracts/matching/schemas';
import type { Book } from '@umuhuza/eventing/book';
import type { Interest, InterestFact } from './interest/interest.ts';
import type { InterestRefusal } from './interest/refusals.ts';

export type KnownInterest = Exclude<Interest, { status: 'none' }>;

export type InterestFilter = {
  readonly direction?: 'sent' | 'received' | undefined;
  readonly status?: InterestStatus | undefined;
};

/** The interests; at most one between two organisations is open, whoever expressed it (`UniqueTaken`). */
export type InterestBook = Pick<Book<Interest, InterestFact, InterestRefusal>, 'find' | 'change' | 'outbox'> & {
  /** Of one organisation, newest first. */
  readonly list: (
    organisationId: string,
    filter: InterestFilter,
    limit: number,
    cursor: string | undefined,
  ) => Promise<{ items: KnownInterest[]; next: string | null } | 'unknown-cursor'>;
  /** Interests whose time to be answered has passed at this instant. */
  readonly dueToExpire: (at: string, limit: number) => Promise<string[]>;
};
