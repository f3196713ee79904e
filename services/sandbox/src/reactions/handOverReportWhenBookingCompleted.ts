import type { Reaction } from '@umuhuza/eventing/hear';
import type { Clock } from '@umuhuza/service/clock';
import type { ReportBook } from '../reportBook.ts';
import { handOver } from '../reports.ts';
import type { SlotBook } from '../slotBook.ts';

/** The report of a completed test is there to be answered, also when the process that completed it died at once, or was an earlier version. */
export const handOverReportWhenBookingCompleted =
  (deps: {
    readonly slots: SlotBook;
    readonly reports: ReportBook;
    readonly clock: Clock;
  }): Reaction<'sandbox.BookingCompleted'> =>
  ({ data: { bookingId }, cause }) =>
    handOver(deps, bookingId, cause);
