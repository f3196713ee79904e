import type { Cooperation, CooperationFact } from './cooperation.ts';

export type LoseLot = { readonly lotId: string; readonly reason: string; readonly at: string };

/**
 * An award came to nothing. With the last of the lots it stands on the cooperation ends. One of an earlier version does not know its lots and
 * goes on.
 */
export const loseLot = (cooperation: Cooperation, { lotId, reason, at }: LoseLot): readonly CooperationFact[] => {
  if (cooperation.status !== 'introduced' || !cooperation.lots?.includes(lotId)) return [];
  const lost: CooperationFact = { type: 'LotLost', lotId };
  return cooperation.lots.length === 1 ? [lost, { type: 'CooperationEnded', reason, at }] : [lost];
};

/** That this lot was awarded has not been heard yet. */
export const isUnheardOf = (cooperation: Cooperation, lotId: string): boolean =>
  cooperation.status === 'none' || (cooperation.lots !== undefined && !cooperation.lots.includes(lotId));
