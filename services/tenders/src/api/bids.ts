import { randomUUID } from 'node:crypto';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { type BidReceipt, bidReceipt } from '@umuhuza/contracts/tenders/schemas';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { digestOf } from '../digest.ts';
import { newKey } from '../sealing/keyRing.ts';
import { type TenderSeal, tenderSeal } from '../sealing/tenderSeal.ts';
import { noTender } from '../tender/evolve.ts';
import { submitBid } from '../tender/submitBid.ts';
import { bidOf, isVisibleTo, type Tender } from '../tender/tender.ts';
import { withdrawBid } from '../tender/withdrawBid.ts';
import { toMyBid, toReceipt } from '../views.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type BidRoutes = 'submitBid' | 'myBid' | 'withdrawBid';

/** A bidder and its own bid; nobody else comes here. */
export const bidHandlers = ({ tenders, bids, keys, clock }: TendersDeps): Pick<Handlers<typeof tendersApi>, BidRoutes> => {
  /** The seal of a tender that takes bids; for any other one that nothing was sealed with, so that its rules find nothing and say no. */
  const sealOf = async (tenderId: string): Promise<TenderSeal> => {
    const known = await keys.find(tenderId);
    if (known) return known;
    const tender = await tenders.find(tenderId);
    return tender?.status === 'published' ? keys.sealFor(tenderId) : tenderSeal(tenderId, newKey());
  };

  /** The caller's own bid with what it says. The seal is broken for its owner only: its organisation is the one the token names. */
  const ownBid = async (id: string, organisation: string, seal: TenderSeal) => {
    const tender = (await tenders.find(id)) ?? noTender;
    const bid = bidOf(tender, { organisation, sealedAs: seal.bidder(organisation) });
    const content = bid && (await bids.read(id, [bid], seal)).get(bid.contentId);
    return { tender, contentId: bid?.contentId, content };
  };
  type OwnBid = Awaited<ReturnType<typeof ownBid>>;

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

  return {
    submitBid: async ({ params, body, headers, req }) => {
      const by = memberOf(req);
      const seal = await sealOf(params.id);
      const cause = seal.cause(causeOf(req, clock));
      const bidder = { organisation: by.organisation, sealedAs: seal.bidder(by.organisation) };
      const ifMatch = headers['if-match'];
      const seen = ifMatch === undefined ? undefined : await ownBid(params.id, by.organisation, seal);
      const contentId = randomUUID();
      const digest = digestOf(body);
      await bids.keep({ contentId, tenderId: params.id, bidder: by.organisation, content: body }, seal);
      let before: string | undefined;
      let named: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          before = bidOf(tender, bidder)?.contentId;
          named = undefined;
          if (isStaleBid(ifMatch, tender, bidder, seen)) return { refused: 'stale-version' as const };
          return submitBid(tender, {
            bidId: idFrom(cause),
            contentId,
            digest: seal.digest(digest),
            prices: body.prices,
            answers: body.answers.map(({ criterionId }) => criterionId),
            confirms: body.confirms ?? [],
            by,
            sealedAs: bidder.sealedAs,
            at: clock(),
          });
        },
        cause,
        (tender) => {
          const bid = bidOf(tender, bidder);
          named = bid?.contentId;
          return { status: 200 as const, body: seal.sealAnswer(bid ? toReceipt(params.id, bid, digest) : null) };
        },
      );
      // What the tender does not name is no bid: the version before, or this one when it was refused or said nothing new.
      if (named !== contentId) await bids.delete(contentId);
      else if (before !== undefined) await bids.delete(before);
      if (change.outcome !== 'done' && change.outcome !== 'repeated') return answer(req, change);
      const receipt = receiptIn(seal, change.answer.body);
      return receipt ? { status: 200, body: receipt } : refuse(req, 'no-bid');
    },

    myBid: async ({ params, req }) => {
      const { organisation } = memberOf(req);
      const seal = await sealOf(params.id);
      const { tender, content } = await ownBid(params.id, organisation, seal);
      if (!isVisibleTo(tender, organisation)) return refuse(req, 'no-such-tender');
      const view = toMyBid(tender, { organisation, sealedAs: seal.bidder(organisation) }, content);
      return view ? { status: 200, body: view } : refuse(req, 'no-bid');
    },

    withdrawBid: async ({ params, headers, req }) => {
      const by = memberOf(req);
      const seal = await sealOf(params.id);
      const bidder = { organisation: by.organisation, sealedAs: seal.bidder(by.organisation) };
      const ifMatch = headers['if-match'];
      const seen = ifMatch === undefined ? undefined : await ownBid(params.id, by.organisation, seal);
      let before: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          before = bidOf(tender, bidder)?.contentId;
          return isStaleBid(ifMatch, tender, bidder, seen)
            ? { refused: 'stale-version' as const }
            : withdrawBid(tender, { by, sealedAs: bidder.sealedAs, at: clock() });
        },
        seal.cause(causeOf(req, clock)),
        () => ({ status: 204 as const, body: undefined }),
      );
      if (change.outcome === 'done' && before !== undefined) await bids.delete(before);
      return answer(req, change);
    },
  };
};

/** The tender keeps a receipt as sealed as the bid; undefined when the bid it was for is gone and the receipt no longer kept. */
const receiptIn = (seal: TenderSeal, sealed: string): BidReceipt | undefined =>
  bidReceipt.nullable().parse(seal.unsealAnswer(sealed)) ?? undefined;
