import type { Reaction } from '@umuhuza/eventing/hear';
import { verifyReference } from '../profile/verifyReference.ts';
import type { ProfileBook } from '../profileBook.ts';

/** A test that ended in a signed report is a reference of its host; the guest is named only where it said so. */
export const verifyReferenceWhenTestReportFinished =
  ({ profiles }: { readonly profiles: ProfileBook }): Reaction<'sandbox.TestReportFinished'> =>
  ({ data: { bookingId, title, host, guestName, mayBeNamed, startsAt }, cause }) =>
    profiles.change(
      host,
      (profile) =>
        verifyReference(profile, {
          reference: {
            id: `test-${bookingId}`,
            title,
            ...(mayBeNamed && guestName !== undefined ? { client: guestName } : {}),
            year: Temporal.Instant.from(startsAt).toZonedDateTimeISO('UTC').year,
          },
        }),
      cause,
    );
