import type { Reaction } from '@umuhuza/eventing/hear';
import { handOver } from '../reports.ts';

/** The report of a completed test is there to be answered, also when the process that completed it died at once, or was an earlier version. */
export const handOverReportWhenBookingCompleted =
  (deps: Parameters<typeof handOver>[0]): Reaction<'sandbox.BookingCompleted'> =>
  ({ data: { bookingId }, cause }) =>
    handOver(deps, bookingId, cause);
