import { answerable } from './answering.ts';
import type { Interest, InterestFact } from './interest.ts';
import type { InterestRefusal, Refused } from './refusals.ts';

export const declineInterest = (
  interest: Interest,
  { by, reason, at }: { readonly by: string; readonly reason?: string | undefined; readonly at: string },
): readonly InterestFact[] | Refused<Exclude<InterestRefusal, 'interest-in-oneself' | 'consent-missing'>> => {
  const open = answerable(interest, { by, at }, ['declined']);
  if (open === 'answered-so') return [];
  if ('refused' in open) return open;
  return [{ type: 'InterestDeclined', ...(reason ? { reason } : {}), at }];
};
