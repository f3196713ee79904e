import { type AskedTime, type Fit, fitIn } from './fitIn.ts';
import type { Refused } from './refusals.ts';
import type { HostResources, ResourcesFact } from './resources.ts';

export type ReserveTime = { readonly times: readonly AskedTime[]; readonly settleAt: string; readonly at: string };

/** All of these times with all they need, or nothing of it. Told again it stays quiet. */
export const reserveTime = (state: HostResources, { times, settleAt, at }: ReserveTime): readonly ResourcesFact[] | Refused => {
  const fits = fitIn(state, times, settleAt, at);
  const blocked = fits.find((fit) => fit.is === 'in-the-way');
  return blocked ? blocked.obstacle : reserved(fits, at);
};

/** Those of these times that can be had, the earlier ones in the row first; of the others nothing. */
export const reserveWhatFits = (state: HostResources, { times, settleAt, at }: ReserveTime): readonly ResourcesFact[] =>
  reserved(fitIn(state, times, settleAt, at), at);

const reserved = (fits: readonly Fit[], at: string): readonly ResourcesFact[] =>
  fits.flatMap((fit) => (fit.is === 'free' ? [{ type: 'TimeReserved' as const, reservation: fit.reservation, at }] : []));
