import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import type { BidStore } from './bidStore.ts';
import { digestOf } from './digest.ts';
import type { Organisations } from './organisations.ts';
import type { TenderKeys } from './sealing/tenderKeys.ts';
import type { OpenBids } from './tender/openBids.ts';
import { isOver, type SealedBid, unanswered } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

export type OpeningDeps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly keys: TenderKeys;
  readonly organisations: Organisations;
};
type ForOpening = Pick<OpenBids, 'contents' | 'unread'>;

const nothing: ForOpening = { contents: new Map() };

/**
 * Reads the sealed bids for the opening at this instant; nothing before the deadline, nor while a question keeps them sealed. Since no
 * bid changes after the deadline, what is read here is what the opening decides on. Nothing is stored: until the opening's own write the
 * bids stay as sealed as they were, and a crash in between leaves them so.
 */
export const readForOpening = async (
  { tenders, bids, keys, organisations }: OpeningDeps,
  tenderId: string,
  at: string,
): Promise<ForOpening> => {
  const tender = await tenders.find(tenderId);
  const isDue = tender?.status === 'closed' || (tender?.status === 'published' && isOver(tender, at));
  if (!isDue || tender.bids.length === 0 || unanswered(tender).length > 0) return nothing;
  const opener = await keys.opener(tenderId);
  if (!opener) return nothing;
  const letters = await readable(
    tender.bids.map(({ contentId }) => contentId),
    (some) => bids.letters(tenderId, some, opener),
  );
  const letterOf = ({ contentId }: SealedBid) => {
    const letter = letters.get(contentId);
    return letter ? [{ contentId, ...letter }] : [];
  };
  const places = tender.bids.filter(({ valid }) => valid).flatMap(letterOf);
  const unread = tender.bids.filter(({ valid }) => !valid).flatMap(letterOf);
  const contents = await readable(places, (some) => bids.read(tenderId, some));
  const names = await organisations.namesOf(places.map(({ bidder }) => bidder));
  return {
    unread: new Map(unread.map(({ contentId, bidder }) => [contentId, bidder])),
    contents: new Map(
      places.flatMap(({ contentId, contentKey, bidder }) => {
        const content = contents.get(contentId);
        if (!content) return [];
        const bidderName = names.get(bidder);
        const { prices } = content;
        const said = { bidder, digest: digestOf(content), contentKey, prices };
        return [[contentId, bidderName === undefined ? said : { ...said, bidderName }] as const];
      }),
    ),
  };
};

/** Without those that cannot be unsealed: one must not keep the others from being read, nor the opening from saying what is wrong. */
const readable = async <Place, Value>(
  places: readonly Place[],
  read: (some: readonly Place[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<ReadonlyMap<string, Value>> => {
  try {
    return await read(places);
  } catch (error) {
    if (!(error instanceof CannotUnseal)) throw error;
    if (places.length === 1) return new Map();
    const apart = await Promise.all(places.map((place) => readable([place], read)));
    return new Map(apart.flatMap((one) => [...one]));
  }
};
