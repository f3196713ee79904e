import type { Interest, InterestFact } from './interest.ts';

/** Once their cooperation has begun, the two sides of an accepted interest are introduced. */
export const introduceBoth = (
  interest: Interest,
  { cooperationId }: { readonly cooperationId: string },
): readonly InterestFact[] => (interest.status === 'accepted' ? [{ type: 'BothIntroduced', cooperationId }] : []);
