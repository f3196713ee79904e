import { randomUUID } from 'node:crypto';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { digestOf } from '../digest.ts';
import { noTender } from '../tender/evolve.ts';
import { submitBid } from '../tender/submitBid.ts';
import { bidOf, isVisibleTo, type Tender } from '../tender/tender.ts';
import { withdrawBid } from '../tender/withdrawBid.ts';
import { toMyBid, toReceipt } from '../views.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type BidRoutes = 'submitBid' | 'myBid' | 'withdrawBid';

/** A bidder and its own bid; nobody else comes here. */
export const bidHandlers = ({ tenders, bids, clock }: TendersDeps): Pick<Handlers<typeof tendersApi>, BidRoutes> => {
  /** The caller's own bid with what it says. */
  const ownBid = async (id: string, organisation: string) => {
    const tender = (await tenders.find(id)) ?? noTender;
    const contentId = bidOf(tender, organisation)?.contentId;
    const content = contentId === undefined ? undefined : (await bids.read([contentId])).get(contentId);
    return { tender, contentId, content };
  };

  /** Whether the editor of a bid has seen another than the present one. */
  const isStaleBid = (
    ifMatch: string | undefined,
    tender: Tender,
    organisation: string,
    seen: Awaited<ReturnType<typeof ownBid>> | undefined,
  ): boolean => {
    if (!seen) return false;
    if (bidOf(tender, organisation)?.contentId !== seen.contentId) return true;
    return isStale(ifMatch, toMyBid(tender, organisation, seen.content));
  };

  return {
    submitBid: async ({ params, body, headers, req }) => {
      const by = memberOf(req);
      const cause = causeOf(req, clock);
      const ifMatch = headers['if-match'];
      const seen = ifMatch === undefined ? undefined : await ownBid(params.id, by.organisation);
      const contentId = randomUUID();
      await bids.keep({ contentId, tenderId: params.id, content: body });
      let before: string | undefined;
      let named: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          before = bidOf(tender, by.organisation)?.contentId;
          named = undefined;
          if (isStaleBid(ifMatch, tender, by.organisation, seen)) return { refused: 'stale-version' as const };
          return submitBid(tender, {
            bidId: idFrom(cause),
            contentId,
            digest: digestOf(body),
            prices: body.prices,
            answers: body.answers.map(({ criterionId }) => criterionId),
            confirms: body.confirms ?? [],
            by,
            at: clock(),
          });
        },
        cause,
        (tender) => {
          const bid = bidOf(tender, by.organisation);
          if (!bid) throw new Error('a bid was taken, but the tender does not have it');
          named = bid.contentId;
          return { status: 200 as const, body: toReceipt(tender, bid) };
        },
      );
      // What the tender does not name is no bid: the version before, or this one when it was refused or said nothing new.
      if (named !== contentId) await bids.delete(contentId);
      else if (before !== undefined) await bids.delete(before);
      return answer(req, change);
    },

    myBid: async ({ params, req }) => {
      const { organisation } = memberOf(req);
      const { tender, content } = await ownBid(params.id, organisation);
      if (!isVisibleTo(tender, organisation)) return refuse(req, 'no-such-tender');
      const view = toMyBid(tender, organisation, content);
      return view ? { status: 200, body: view } : refuse(req, 'no-bid');
    },

    withdrawBid: async ({ params, headers, req }) => {
      const by = memberOf(req);
      const ifMatch = headers['if-match'];
      const seen = ifMatch === undefined ? undefined : await ownBid(params.id, by.organisation);
      let before: string | undefined;
      const change = await tenders.change(
        params.id,
        (tender) => {
          before = bidOf(tender, by.organisation)?.contentId;
          return isStaleBid(ifMatch, tender, by.organisation, seen)
            ? { refused: 'stale-version' as const }
            : withdrawBid(tender, { by, at: clock() });
        },
        causeOf(req, clock),
        () => ({ status: 204 as const, body: undefined }),
      );
      if (change.outcome === 'done' && before !== undefined) await bids.delete(before);
      return answer(req, change);
    },
  };
};
