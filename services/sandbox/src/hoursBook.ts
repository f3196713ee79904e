import type { Book } from '@umuhuza/eventing/book';
import type { Hours, HoursFact, KnownHours } from './hours/hours.ts';
import type { HoursRefusal } from './hours/refusals.ts';
import type { Page } from './slotBook.ts';

/** The opening hours, from which slots are opened ahead. */
export type HoursBook = Pick<Book<Hours, HoursFact, HoursRefusal>, 'find' | 'change'> & {
  /** Those of one environment, the newest first. A cursor that is not ours is a named value, never an error. */
  readonly list: (
    environmentId: string,
    limit: number,
    cursor: string | undefined,
  ) => Promise<Page<KnownHours> | 'unknown-cursor'>;
  /** Hours whose slots are to be looked at by this instant. */
  readonly due: (at: string, limit: number) => Promise<KnownHours[]>;
};
