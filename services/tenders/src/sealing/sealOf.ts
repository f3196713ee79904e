import type { CommandCause } from '@umuhuza/eventing/cause';
import { onlyLooking } from '@umuhuza/service/commandCause';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { isShown } from '../tender/tender.ts';
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
  // Where all can see the tender and nothing hides a command any more, none is remembered: whatever comes again is refused again.
  // Of a draft nobody but its buyer knows, so there a command has its own id.
  const shown = tender !== undefined && isShown(tender);
  const asItIs = (cause: CommandCause) => (shown ? onlyLooking(cause) : cause);
  const open = tenderSeal(tenderId, { marks: nothing, own: nothing, letter: earlierLetter(tenderId, nothing) });
  return made ?? { ...open, cause: asItIs, bidCause: asItIs };
};
