import type { Reaction } from '@umuhuza/eventing/hear';
import { revokeReference } from '../profile/revokeReference.ts';
import type { ProfileBook } from '../profileBook.ts';

/** Whoever declines a lot, or withdraws from it, has no reference from it. */
export const revokeReferenceWhenAwardLapsed =
  ({ profiles }: { readonly profiles: ProfileBook }): Reaction<'tenders.AwardLapsed'> =>
  ({ data: { tenderId, lotId, winner }, cause }) =>
    profiles.change(winner.organisationId, (profile) => revokeReference(profile, { referenceId: `${tenderId}-${lotId}` }), cause);
