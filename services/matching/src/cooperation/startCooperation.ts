import type { Cooperation, CooperationFact } from './cooperation.ts';

/** Begins once: a second lot that the same firm wins in the same tender belongs to the cooperation that began with the first. */
export const startCooperation = (cooperation: Cooperation, started: Omit<CooperationFact, 'type'>): readonly CooperationFact[] =>
  cooperation.status === 'none' ? [{ type: 'CooperationStarted', ...started }] : [];
