import type { CommandCause } from '@umuhuza/eventing/cause';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import type { TenderBook } from '../tenderBook.ts';
import type { TenderKeys } from './tenderKeys.ts';
import { earlierLetter, type TenderSeal, tenderSeal } from './tenderSeal.ts';

type Deps = { readonly tenders: TenderBook; readonly keys: TenderKeys };

/**
 * The seal of a tender that takes bids, for what this organisation has brought; for any other tender one that nothing was sealed with, so
 * that its rules find nothing and say no.
 */
export const sealOf = async (deps: Deps, tenderId: string, organisation?: string): Promise<TenderSeal> =>
  found(deps, tenderId, () => deps.keys.find(tenderId, organisation));

/** The same for what it brings. */
export const sealToWrite = async (deps: Deps, tenderId: string, organisation: string): Promise<TenderSeal> =>
  found(deps, tenderId, () => deps.keys.sealFor(tenderId, organisation));

const found = async (
  { tenders, keys }: Deps,
  tenderId: string,
  find: () => Promise<TenderSeal | undefined>,
): Promise<TenderSeal> => {
  const known = await find();
  if (known) return known;
  const tender = await tenders.look(tenderId);
  if (tender?.status === 'published') await keys.makeFor(tenderId);
  const made = tender?.status === 'published' ? await find() : undefined;
  const nothing = newKey();
  // Where nothing is sealed no command has to be hidden: it is remembered by its own id, and one that comes again is refused again.
  const asItIs = (cause: CommandCause) => cause;
  const open = tenderSeal(tenderId, { marks: nothing, own: nothing, letter: earlierLetter(tenderId, nothing) });
  return made ?? { ...open, cause: asItIs, bidCause: asItIs };
};
