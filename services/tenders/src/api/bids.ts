import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidContent, BidReceipt, TakenBid, WithdrawnBid } from '@umuhuza/contracts/tenders/schemas';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { digestOf } from '../digest.ts';
import { takenFrom, takenToRow, withdrawnFrom, withdrawnToRow } from '../rememberedBid.ts';
import { sealOf, sealToWrite } from '../sealing/sealOf.ts';
import type { TenderSeal } from '../sealing/tenderSeal.ts';
import { noTender } from '../tender/evolve.ts';
import { submitBid } from '../tender/submitBid.ts';
import { bidOf, isSealed, isVisibleTo, type SealedBid, type Tender } from '../tender/tender.ts';
import { withdrawBid } from '../tender/withdrawBid.ts';
import { toMyBid, toTakenBid } from '../views.ts';
import { anHourBefore } from './anHourBefore.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type BidRoutes = 'submitBid' | 'myBid' | 'receipt' | 'receiptKeys' | 'withdrawBid';

/** A bidder and its own bid; nobody else comes here. */
export const bidHandlers = ({
  tenders,
  bids,
  keys,
  owners,
  drafts,
  bidDocuments,
  receipts,
  clock,
  publicUrl,
}: TendersDeps): Pick<Handlers<typeof tendersApi>, BidRoutes> => {
  /** The caller's own bid with what it says. The seal is broken for its owner only: its organisation is the one the token names. */
  const ownBid = async (id: string, organisation: string, seal: TenderSeal) => {
    const tender = (await tenders.find(id)) ?? noTender;
    const bid = bidOf(tender, { organisation, sealedAs: seal.bidder(organisation) });
    const content = bid && (await bids.read(id, [bid], seal)).get(bid.contentId);
    return { tender, bid, contentId: bid?.contentId, content };
  };
  type OwnBid = Awaited<ReturnType<typeof ownBid>>;

  const takenOf = (id: string, { bid, content }: OwnBid): TakenBid | undefined =>
    bid && content && toTakenBid(id, bid, digestOf(content));

  type Place = { readonly tenderId: string; readonly organisation: string; readonly seal: TenderSeal };

  /** Whether the editor of a bid has seen another than the present one. */
  const isStaleBid = (
    ifMatch: string | undefined,
    tender: Tender,
    bidder: Parameters<typeof bidOf>[1],
    seen: OwnBid | undefined,
  ): boolean => {
    if (!seen) return false;
    if (bidOf(tender, bidder)?.contentId !== seen.contentId) return true;
    return isStale(ifMatch, toMyBid(tender, bidder, seen.content));
  };

  const receiptFor = async (taken: TakenBid, bidder: string): Promise<BidReceipt> => {
    const { submittedAt: at, ...bid } = taken;
    const event = bid.version === 1 ? 'submitted' : 'changed';
    return { ...taken, statement: await receipts.sign({ iss: publicUrl, event, bidder, ...bid, at }) };
  };
  const withdrawalReceiptFor = async (withdrawn: WithdrawnBid, bidder: string) => {
    const { withdrawnAt: at, ...bid } = withdrawn;
    return { ...withdrawn, statement: await receipts.sign({ iss: publicUrl, event: 'withdrawn', bidder, ...bid, at }) };
  };

  /** The documents of the version before, and of the draft, that the present bid does not name any more. */
  const deleteDropped = async (place: Place, before: string | undefined) => {
    const { tenderId, organisation, seal } = place;
    const uploaded = await bidDocuments.list(place);
    if (uploaded.length === 0) return;
    const { content } = await ownBid(tenderId, organisation, seal);
    const previous = before === undefined ? undefined : (await bids.read(tenderId, [{ contentId: before }], seal)).get(before);
    const draft = (await drafts.find(place))?.draft;
    const kept = content?.documents?.map(({ id }) => id) ?? [];
    const dropped = [previous, draft].flatMap((one) => one?.documents?.map(({ id }) => id) ?? []);
    await bidDocuments.delete(
      place,
      dropped.filter((id) => !kept.includes(id)),
      anHourBefore(clock()),
    );
  };

  /** The content that the tender names, where it is there no more: without it no bid of the tender could ever be opened. */
  const makeGood = async (place: Place, standing: Pick<SealedBid, 'contentId'>, content: BidContent) => {
    const { tenderId, organisation, seal } = place;
    const { contentId } = standing;
    if ((await bids.read(tenderId, [standing], seal)).has(contentId)) return;
    const naming = content.documents?.map(({ id }) => id) ?? [];
    if (naming.length > 0 && !(await bidDocuments.claim(place, naming, { by: contentId, at: clock() }))) return;
    await bids.keep({ contentId, tenderId, bidder: organisation, content }, seal);
    // Another request may have changed or withdrawn the bid meanwhile, and deleted this before it was kept here.
    const present = bidOf((await tenders.find(tenderId)) ?? noTender, { organisation, sealedAs: seal.bidder(organisation) });
    if (present?.contentId === contentId) return;
    await bidDocuments.release(place, contentId);
    await bids.delete(contentId);
  };

  return {
    submitBid: async ({ params, query, body, headers, req }) => {
      const by = memberOf(req);
      const seal = await sealToWrite({ tenders, keys }, params.id, by.organisation);
      const cause = seal.bidCause(causeOf(req, clock), by.organisation);
      const bidder = { organisation: by.organisation, sealedAs: seal.bidder(by.organisation) };
      const ifMatch = headers['if-match'];
      const seen = ifMatch === undefined ? undefined : await ownBid(params.id, by.organisation, seal);
      const place = { tenderId: params.id, organisation: by.organisation, seal };
      const uploaded = body.documents?.length ? await bidDocuments.list(place) : [];
      const contentId = randomUUID();
      const owner = owners.sealOwner(params.id, by.organisation);
      const naming = body.documents?.map(({ id }) => id) ?? [];
      // Refused in the change: a request that comes again is told what it was told before its documents went.
      const lacksDocuments =
        body.documents?.some((one) => !uploaded.some((known) => isDeepStrictEqual(known, one))) === true ||
        (naming.length > 0 && !(await bidDocuments.claim(place, naming, { by: contentId, at: clock() })));
      const digest = digestOf(body);
      const saysTheSame = (bid: SealedBid) => [seal.digest(digest), digest].includes(bid.digest);
      if (!lacksDocuments) await bids.keep({ contentId, tenderId: params.id, bidder: by.organisation, content: body }, seal);
      let before: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          before = bidOf(tender, bidder)?.contentId;
          if (lacksDocuments) return { refused: 'document-not-uploaded' as const };
          if (isStaleBid(ifMatch, tender, bidder, seen)) return { refused: 'stale-version' as const };
          return submitBid(tender, {
            bidId: idFrom(cause),
            contentId,
            digest: seal.digest(digest),
            prices: body.prices,
            answers: body.answers.map(({ criterionId }) => criterionId),
            confirms: body.confirms ?? [],
            amendmentsRead: query.amendmentsRead,
            by,
            sealedAs: bidder.sealedAs,
            owner,
            at: clock(),
          });
        },
        cause,
        (tender) => {
          const bid = bidOf(tender, bidder);
          // When the first answer is no longer remembered the bid may be another one by now, of which this request tells nothing.
          const isThisOne = bid !== undefined && saysTheSame(bid);
          return {
            status: 200 as const,
            body: seal.sealAnswer(isThisOne ? takenToRow(toTakenBid(params.id, bid, digest)) : null),
          };
        },
      );
      // What the tender does not name is no bid: the version before, or this one when it was refused or said nothing new. Where nothing is
      // known of the tender as it became, only this one is certain: the decision that saw the one before may be one that was never written.
      const became = 'state' in change ? change.state : undefined;
      const standing = became && bidOf(became, bidder);
      const unnamed = [contentId, ...(became && before !== undefined ? [before] : [])].filter(
        (one) => one !== standing?.contentId,
      );
      // Its loss may show only at the opening. What says the same is no other bid, however late it comes.
      const isLate = change.outcome === 'refused' && change.refused === 'bidding-is-over';
      const tender = isLate ? await tenders.find(params.id) : became;
      const named = tender && isSealed(tender) ? bidOf(tender, bidder) : undefined;
      if (named && named.contentId !== contentId && saysTheSame(named)) await makeGood(place, named, body);
      for (const one of unnamed) await bidDocuments.release(place, one);
      if (change.outcome === 'done') await deleteDropped(place, before);
      for (const one of unnamed) await bids.delete(one);
      if (change.outcome !== 'done' && change.outcome !== 'repeated') return answer(req, change);
      // What it was prepared from has served; after a crash in between it is only left for its bidder to throw away.
      if (change.outcome === 'done') await drafts.delete(place);
      const taken =
        takenFrom(params.id, seal.unsealAnswer(change.answer.body)) ??
        takenOf(params.id, await ownBid(params.id, by.organisation, seal));
      return taken ? { status: 200, body: await receiptFor(taken, by.organisation) } : refuse(req, 'no-bid');
    },

    myBid: async ({ params, req }) => {
      const { organisation } = memberOf(req);
      const seal = await sealOf({ tenders, keys }, params.id, organisation);
      const { tender, content } = await ownBid(params.id, organisation, seal);
      if (!isVisibleTo(tender, organisation)) return refuse(req, 'no-such-tender');
      const view = toMyBid(tender, { organisation, sealedAs: seal.bidder(organisation) }, content);
      return view ? { status: 200, body: view } : refuse(req, 'no-bid');
    },

    receipt: async ({ params, req }) => {
      const { organisation } = memberOf(req);
      const seal = await sealOf({ tenders, keys }, params.id, organisation);
      const own = await ownBid(params.id, organisation, seal);
      if (!isVisibleTo(own.tender, organisation)) return refuse(req, 'no-such-tender');
      const taken = takenOf(params.id, own);
      return taken ? { status: 200, body: await receiptFor(taken, organisation) } : refuse(req, 'no-bid');
    },

    receiptKeys: async () => ({ status: 200, body: await receipts.publicKeys() }),

    withdrawBid: async ({ params, headers, req }) => {
      const by = memberOf(req);
      const seal = await sealOf({ tenders, keys }, params.id, by.organisation);
      const bidder = { organisation: by.organisation, sealedAs: seal.bidder(by.organisation) };
      const ifMatch = headers['if-match'];
      // Read in any case: the receipt tells the hash of what was withdrawn, and the tender does not know it.
      const seen = await ownBid(params.id, by.organisation, seal);
      const digest = seen.content && digestOf(seen.content);
      let gone: WithdrawnBid | undefined;
      let before: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          const bid = bidOf(tender, bidder);
          const withdrawnAt = clock();
          before = bid?.contentId;
          gone = undefined;
          // A bid that changed after it was read is another one than the bidder withdraws.
          if (isStaleBid(ifMatch, tender, bidder, seen)) return { refused: 'stale-version' as const };
          const decision = withdrawBid(tender, { by, sealedAs: bidder.sealedAs, at: withdrawnAt });
          if (bid && digest !== undefined)
            gone = { tenderId: params.id, bidId: bid.bidId, version: bid.version, digest, withdrawnAt };
          return decision;
        },
        seal.bidCause(causeOf(req, clock), by.organisation),
        () => ({ status: 200 as const, body: seal.sealAnswer(gone ? withdrawnToRow(gone) : null) }),
      );
      if (change.outcome !== 'done' && change.outcome !== 'repeated') return answer(req, change);
      if (change.outcome === 'done' && before !== undefined) {
        const place = { tenderId: params.id, organisation: by.organisation, seal };
        await bidDocuments.release(place, before);
        await bids.delete(before);
        const drafted = (await drafts.find(place))?.draft.documents ?? [];
        const gone = (seen.content?.documents ?? []).filter(({ id }) => !drafted.some((one) => one.id === id));
        await bidDocuments.delete(
          place,
          gone.map(({ id }) => id),
          anHourBefore(clock()),
        );
      }
      const withdrawn = withdrawnFrom(params.id, seal.unsealAnswer(change.answer.body));
      return withdrawn ? { status: 200, body: await withdrawalReceiptFor(withdrawn, by.organisation) } : refuse(req, 'no-bid');
    },
  };
};
