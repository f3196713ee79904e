import { type Contact, expiryOf, type Interest, type InterestFact, type Organisation } from './interest.ts';
import { type Refused, refuse } from './refusals.ts';

export type ExpressInterest = {
  readonly interestId: string;
  readonly from: Organisation;
  readonly to: Organisation;
  readonly message?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly consent: boolean;
  readonly user: string;
  readonly at: string;
};

export const expressInterest = (
  interest: Interest,
  { interestId, from, to, message, contact, consent, user, at }: ExpressInterest,
): readonly InterestFact[] | Refused<'consent-missing' | 'interest-in-oneself'> => {
  if (interest.status !== 'none') return [];
  if (from.organisationId === to.organisationId) return refuse('interest-in-oneself');
  if (!consent) return refuse('consent-missing');
  return [
    {
      type: 'InterestExpressed',
      interestId,
      from,
      to,
      ...(message ? { message } : {}),
      consentOfFrom: { user, at, ...(contact ? { contact } : {}) },
      expressedAt: at,
      expiresAt: expiryOf(at),
    },
  ];
};
