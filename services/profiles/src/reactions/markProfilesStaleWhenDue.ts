import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { markStale } from '../profile/markStale.ts';
import type { ProfileBook } from '../profileBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

export const markProfilesStaleWhenDue =
  ({ profiles, clock }: { readonly profiles: ProfileBook; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const at = clock();
    await eachInTurn(await profiles.dueToGoStale(at, batch), (organisation) =>
      profiles.change(organisation, (profile) => markStale(profile, { at }), timeCause('profile-stale', at)),
    );
  };
