import type { Reaction } from '@umuhuza/eventing/hear';
import type { Market } from '../market.ts';
import type { Telling } from '../telling.ts';
import { firmOf } from '../terms.ts';

export const considerFirmWhenProfilePublished =
  ({
    market,
    telling,
  }: {
    readonly market: Market;
    readonly telling: Telling;
  }): Reaction<'profiles.ProfilePublished' | 'profiles.ProfileChanged'> =>
  async ({ data: { profile }, sequence, cause }) => {
    const isNewest = await market.learnFirm(profile.organisationId, sequence, firmOf(profile));
    if (isNewest) await telling.consider(profile.organisationId, cause);
  };
