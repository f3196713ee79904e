import { awardOf } from './awards.ts';
import { type Judge, unlessFree } from './conflicts.ts';
import { unlessBuyer } from './parties.ts';
import { passOn } from './passOn.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type Decision, openingOf, type Tender } from './tender.ts';

export type NoteWithdrawal = Judge & {
  readonly lotId: string;
  /** The winning bid: named, so that noting it twice does not take the lot from the next one, too. */
  readonly bidId: string;
  readonly reason: string;
  readonly at: string;
};

/** The buyer notes that a winner has withdrawn, by whatever way it said so, or never answers. The award passes to the next. */
export const noteWithdrawal = (tender: Tender, { lotId, bidId, reason, at, ...judge }: NoteWithdrawal): Decision => {
  const refusal = unlessBuyer(tender, judge.by);
  if (refusal) return refusal;
  if (openingOf(tender)?.lapses?.some((lapse) => lapse.lotId === lotId && lapse.bidId === bidId)) return [];
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      if (award.bidId !== bidId) return refuse('no-such-bid');
      if (award.contract?.signedAt !== undefined) return refuse('contract-is-signed');
      return unlessFree(tender, judge, [lotId]) ?? passOn(tender, award, { how: 'withdrawn', reason, at });
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};
