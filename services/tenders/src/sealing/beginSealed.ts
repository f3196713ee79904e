import { randomUUID } from 'node:crypto';
import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { ServiceParts } from '@umuhuza/service/serviceApp';
import { StartFailure } from '@umuhuza/service/startFailure';
import type { BidStore } from '../bidStore.ts';
import { digestOf } from '../digest.ts';
import { hideAskers } from '../tender/hideAskers.ts';
import { sealBids } from '../tender/sealBids.ts';
import { isShown, type Tender } from '../tender/tender.ts';
import type { TenderBook } from '../tenderBook.ts';
import { type Askers, isAskerMark } from './askers.ts';
import type { TenderKeys } from './tenderKeys.ts';

type Deps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly keys: TenderKeys;
  readonly askers: Askers;
  readonly clock: Clock;
  readonly logger: ServiceParts['logger'];
};

/** At the start: no key may be missing, all are wrapped by the newest key-encryption key, no sealed bid lies open, and no asker is named. */
export const beginSealed = async (deps: Deps): Promise<void> => {
  const unusable = await deps.keys.unusable();
  if (unusable.length > 0)
    throw new StartFailure(
      `SEALING_KEYS lacks ${unusable.join(', ')}, or names another key by that id: bids could not be opened. Add the former key behind the newest one; once a start has wrapped everything anew it can go.`,
    );
  const rewrapped = await deps.keys.rewrap();
  if (rewrapped > 0) deps.logger.info({ rewrapped }, 'keys of tenders are wrapped by the newest key-encryption key');
  await sealEarlierBids(deps);
  await hideEarlierAskers(deps);
};

const batch = 100;

/** Askers of questions that were asked before askers were hidden. */
const hideEarlierAskers = async ({ tenders, askers, clock }: Deps): Promise<void> => {
  for (;;) {
    const naming = await tenders.namingAskers(batch);
    for (const id of naming)
      await tenders.change(
        id,
        (tender) => {
          const named = isShown(tender) ? tender.questions.flatMap(({ askedBy }) => (isAskerMark(askedBy) ? [] : [askedBy])) : [];
          return hideAskers(tender, { marks: new Map(named.map((asker) => [asker, askers.markOf(id, asker)])) });
        },
        timeCause('askers-hidden', clock()),
      );
    if (naming.length < batch) return;
  }
};

/** Bids of open tenders that were given before bids were sealed; each step finds what the one before left, also after a crash. */
const sealEarlierBids = async ({ tenders, bids, keys, clock }: Deps): Promise<void> => {
  const unsealed = Map.groupBy(await bids.unsealed(), ({ tenderId }) => tenderId);
  for (const [tenderId, places] of unsealed) {
    const tender = await tenders.find(tenderId);
    const given = sealedBidsOf(tender);
    if (!given) continue;
    await keys.makeFor(tenderId);
    const contents = await bids.read(tenderId, places);
    const sealed = new Map<string, { bidder: string; contentId: string; digest: string }>();
    for (const { contentId, bidder } of given) {
      const content = contents.get(contentId);
      if (!content) continue;
      const seal = await keys.sealFor(tenderId, bidder);
      if (!seal) break;
      const place = { contentId: randomUUID(), tenderId, bidder, content };
      await bids.keep(place, seal);
      sealed.set(contentId, { bidder: seal.bidder(bidder), contentId: place.contentId, digest: seal.digest(digestOf(content)) });
    }
    await tenders.change(tenderId, (found) => sealBids(found, { sealed }), timeCause('bids-sealed', clock()));
    const named = new Set(sealedBidsOf(await tenders.find(tenderId))?.map(({ contentId }) => contentId));
    for (const { contentId } of places) if (!named.has(contentId)) await bids.delete(contentId);
  }
};

const sealedBidsOf = (tender: Tender | undefined) =>
  tender?.status === 'published' || tender?.status === 'closed' ? tender.bids : undefined;
