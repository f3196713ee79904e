import type { By } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isVisibleTo, type Tender } from './tender.ts';

export type FollowTender = { readonly by: By; readonly follows: boolean };

/** Their names travel with events, whose size is bounded. */
const mostFollowers = 1_000;

/** Notes who wants to be told of changes, until the procedure ends. The buyer always is told, so for it there is nothing to do. */
export const followTender = (tender: Tender, { by, follows }: FollowTender): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  if (tender.buyer.organisationId === by.organisation) return [];
  switch (tender.status) {
    case 'published':
    case 'closed':
    case 'opened': {
      const followers = tender.followers ?? [];
      if (followers.includes(by.organisation) === follows) return [];
      if (!follows) return [{ type: 'TenderUnfollowed', organisationId: by.organisation }];
      if (followers.length >= mostFollowers) return refuse('too-many-followers');
      return [{ type: 'TenderFollowed', organisationId: by.organisation }];
    }
    default:
      return refuse('procedure-is-over');
  }
};
