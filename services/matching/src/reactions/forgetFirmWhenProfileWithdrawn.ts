import type { Reaction } from '@umuhuza/eventing/hear';
import type { Market } from '../market.ts';
import type { Telling } from '../telling.ts';

/** A withdrawn profile is compared with nothing any more; where it was a buyer's, its tenders are measured without it. */
export const forgetFirmWhenProfileWithdrawn =
  ({ market, telling }: { readonly market: Market; readonly telling: Telling }): Reaction<'profiles.ProfileWithdrawn'> =>
  async ({ data: { organisationId }, sequence, cause }) => {
    const isNewest = await market.learnFirm(organisationId, sequence, null);
    if (isNewest) await telling.consider(organisationId, cause);
  };
