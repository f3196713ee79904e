import { answerable } from './answering.ts';
import type { Contact, Interest, InterestFact } from './interest.ts';
import { type InterestRefusal, type Refused, refuse } from './refusals.ts';

export type AcceptInterest = {
  readonly by: string;
  readonly user: string;
  readonly consent: boolean;
  readonly contact?: Contact | undefined;
  readonly at: string;
};

export const acceptInterest = (
  interest: Interest,
  { by, user, consent, contact, at }: AcceptInterest,
): readonly InterestFact[] | Refused<Exclude<InterestRefusal, 'interest-in-oneself'>> => {
  const open = answerable(interest, { by, at }, ['accepted', 'introduced']);
  if (open === 'answered-so') return [];
  if ('refused' in open) return open;
  if (!consent) return refuse('consent-missing');
  return [{ type: 'InterestAccepted', consent: { user, at, ...(contact ? { contact } : {}) }, at }];
};
