import type { TenderBook } from '../tenderBook.ts';
import { newKey } from './keyRing.ts';
import type { TenderKeys } from './tenderKeys.ts';
import { type TenderSeal, tenderSeal } from './tenderSeal.ts';

/** The seal of a tender that takes bids; for any other one that nothing was sealed with, so that its rules find nothing and say no. */
export const sealOf = async (
  { tenders, keys }: { readonly tenders: TenderBook; readonly keys: TenderKeys },
  tenderId: string,
): Promise<TenderSeal> => {
  const known = await keys.find(tenderId);
  if (known) return known;
  const tender = await tenders.look(tenderId);
  return tender?.status === 'published' ? keys.sealFor(tenderId) : tenderSeal(tenderId, newKey());
};
