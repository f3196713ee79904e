import type { Cooperation, CooperationFact } from './cooperation.ts';

type Started = Omit<Extract<CooperationFact, { readonly type: 'CooperationStarted' }>, 'type'>;

/**
 * Begins once: a second lot that the same firm wins in the same tender belongs to the cooperation that began with the first. One that has
 * ended begins anew with another lot.
 */
export const startCooperation = (cooperation: Cooperation, started: Started): readonly CooperationFact[] => {
  if (cooperation.status !== 'introduced') return [{ type: 'CooperationStarted', ...started }];
  const { lotId } = started;
  // On which lots one of an earlier version stands is not known, and would not be known with this one added.
  if (lotId === undefined || !cooperation.lots || cooperation.lots.includes(lotId)) return [];
  return [{ type: 'LotAdded', lotId }];
};
