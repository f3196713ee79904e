import type { Decision, Tender } from './tender.ts';

/** Notes that what the unopened, withdrawn or cancelled bids said is deleted. Quiet where nothing was left over. */
export const deleteLeftovers = (tender: Tender): Decision =>
  'leftovers' in tender && tender.leftovers ? [{ type: 'LeftoversDeleted' }] : [];
