import { awardOf } from './awards.ts';
import type { By } from './parties.ts';
import { passOn } from './passOn.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type Decision, isVisibleTo, openingOf, type Tender } from './tender.ts';

export type DeclineAward = { readonly by: By; readonly lotId: string; readonly reason: string; readonly at: string };

/** The winner does not want the lot after all. Possible until it has signed the contract; the award passes to the next. */
export const declineAward = (tender: Tender, { by, lotId, reason, at }: DeclineAward): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  if (tender.buyer.organisationId === by.organisation) return refuse('not-the-winner');
  const lapses = openingOf(tender)?.lapses ?? [];
  if (lapses.some((lapse) => lapse.lotId === lotId && lapse.winner === by.organisation && lapse.how === 'declined')) return [];
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      if (award.winner !== by.organisation) return refuse('not-the-winner');
      if (award.contract?.signedAt !== undefined) return refuse('contract-is-signed');
      return passOn(tender, award, { how: 'declined', reason, at });
    }
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
