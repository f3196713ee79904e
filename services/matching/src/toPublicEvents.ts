import type { matchingEvents } from '@umuhuza/contracts/matching/events';
import type { PublicEvent } from '@umuhuza/eventing/book';
import type { Cooperation, CooperationFact } from './cooperation/cooperation.ts';
import type { Interest, InterestFact } from './interest/interest.ts';
import { firmsTold, type TenderMatchFact } from './tenderMatch/tenderMatch.ts';

type Said = readonly PublicEvent<typeof matchingEvents>[];

/** Places are how firms were ordered here; only scores and reasons leave the service. */
export const sayFirmsMatched = (_tenderId: string, fact: TenderMatchFact): Said => {
  const found = firmsTold(fact);
  if (!('about' in fact) || found.length === 0) return [];
  const firms = found.map(({ organisationId, name, score, reasons, reasonsIn }) => ({
    organisationId,
    name,
    score,
    reasons: [...reasons],
    reasonsIn: { de: [...reasonsIn.de] },
  }));
  return [{ type: 'FirmsMatched', data: { ...fact.about, firms } }];
};

/** Contact data never leaves the service by an event: only the two sides read it, here. */
export const sayOfInterest = (interestId: string, fact: InterestFact, after: Interest): Said => {
  if (after.status === 'none') return [];
  const { from, to, message, expiresAt } = after;
  const data = { interestId, from, to: to.organisationId, toName: to.name };
  switch (fact.type) {
    case 'InterestExpressed':
      return [{ type: 'InterestExpressed', data: { ...data, expiresAt, ...(message === undefined ? {} : { message }) } }];
    case 'InterestAccepted':
      return [{ type: 'InterestAccepted', data }];
    case 'InterestDeclined':
      return [{ type: 'InterestDeclined', data: { ...data, ...(fact.reason === undefined ? {} : { reason: fact.reason }) } }];
    case 'InterestExpired':
      return [{ type: 'InterestExpired', data }];
    case 'BothIntroduced':
      return [];
  }
};

export const sayOfCooperation = (cooperationId: string, fact: CooperationFact, after: Cooperation): Said => {
  if (after.status === 'none') return [];
  const { organisations, origin, title } = after;
  const [one, other] = organisations;
  const data = {
    cooperationId,
    organisations: [one.organisationId, other.organisationId] as [string, string],
    origin,
    names: [one.name, other.name] as [string, string],
    ...(title === undefined ? {} : { title }),
  };
  switch (fact.type) {
    case 'CooperationStarted':
      return [{ type: 'CooperationStarted', data }];
    case 'CooperationEnded':
      return [{ type: 'CooperationEnded', data: { ...data, reason: fact.reason } }];
    case 'LotAdded':
    case 'LotLost':
      return [];
  }
};
