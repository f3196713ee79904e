import type { Reaction } from '@umuhuza/eventing/hear';
import { verifyReference } from '../profile/verifyReference.ts';
import type { ProfileBook } from '../profileBook.ts';

/** A contract won here is a reference nobody needs to vouch for. */
export const verifyReferenceWhenLotAwarded =
  ({ profiles }: { readonly profiles: ProfileBook }): Reaction<'tenders.LotAwarded'> =>
  ({ data: { tenderId, lotId, title, buyer, winner }, time, cause }) =>
    profiles.change(
      winner.organisationId,
      (profile) =>
        verifyReference(profile, {
          reference: {
            id: `${tenderId}-${lotId}`,
            title,
            client: buyer.name,
            year: Temporal.Instant.from(time).toZonedDateTimeISO('UTC').year,
          },
        }),
      cause,
    );
