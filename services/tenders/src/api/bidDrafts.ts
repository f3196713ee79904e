import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidDraftView } from '@umuhuza/contracts/tenders/schemas';
import { memberOf } from '@umuhuza/service/caller';
import { isStale } from '@umuhuza/service/etag';
import { commonProblem } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import type { KeptDraft } from '../bidDrafts.ts';
import { inOwnCurrency } from '../ownCurrency.ts';
import { sealOf, sealToWrite } from '../sealing/sealOf.ts';
import { noTender } from '../tender/evolve.ts';
import { isRefusal } from '../tender/refusals.ts';
import { takingBids } from '../tender/submitBid.ts';
import { isVisibleTo, type KnownTender } from '../tender/tender.ts';
import type { TendersDeps } from './deps.ts';
import { refuse } from './problems.ts';

type DraftRoutes = 'bidDraft' | 'saveBidDraft' | 'discardBidDraft';

/** A bidder and what it prepares; nobody else comes here. */
export const bidDraftHandlers = (deps: TendersDeps): Pick<Handlers<typeof tendersApi>, DraftRoutes> => {
  const { tenders, keys, drafts, clock } = deps;

  const placeFor = async (req: Request, tenderId: string, seal: typeof sealToWrite = sealOf) => {
    const { organisation } = memberOf(req);
    return { tenderId, organisation, seal: await seal(deps, tenderId, organisation) };
  };
  const stale = (req: Request) => commonProblem(req, 'stale-version');

  return {
    bidDraft: async ({ params, req }) => {
      const place = await placeFor(req, params.id);
      const tender = (await tenders.look(params.id)) ?? noTender;
      if (!isVisibleTo(tender, place.organisation)) return refuse(req, 'no-such-tender');
      const kept = await drafts.find(place);
      return kept ? { status: 200, body: toView(tender, kept) } : refuse(req, 'no-draft');
    },

    saveBidDraft: async ({ params, body, headers, req }) => {
      const tender = takingBids((await tenders.look(params.id)) ?? noTender, { by: memberOf(req), at: clock() });
      if (isRefusal(tender)) return refuse(req, tender.refused, tender.detail);
      const place = await placeFor(req, params.id, sealToWrite);
      const kept = await drafts.find(place);
      // The same again, as after an answer that was lost on the way: there is nothing to overwrite.
      if (kept && JSON.stringify(kept.draft) === JSON.stringify(body)) return { status: 200, body: toView(tender, kept) };
      const ifMatch = headers['if-match'];
      const isBlind = kept ? ifMatch === undefined || isStale(ifMatch, toView(tender, kept)) : ifMatch !== undefined;
      if (isBlind) return stale(req);
      const next = { draft: body, savedAt: clock() };
      if (!(await drafts.put(place, next, kept?.revision))) return stale(req);
      if (!(await keys.find(params.id))) {
        // Cancelled meanwhile, and what bidders prepared deleted: this came too late for that.
        await drafts.delete(place);
        return refuse(req, 'procedure-is-over');
      }
      return { status: 200, body: toView(tender, next) };
    },

    discardBidDraft: async ({ params, headers, req }) => {
      const place = await placeFor(req, params.id);
      const tender = (await tenders.look(params.id)) ?? noTender;
      if (!isVisibleTo(tender, place.organisation)) return refuse(req, 'no-such-tender');
      const kept = await drafts.find(place);
      if (!kept) return refuse(req, 'no-draft');
      if (isStale(headers['if-match'], toView(tender, kept))) return stale(req);
      return (await drafts.delete(place, kept.revision)) ? { status: 204, body: undefined } : stale(req);
    },
  };
};

const toView = ({ tenderId, terms }: KnownTender, { draft, savedAt }: Omit<KeptDraft, 'revision'>): BidDraftView => {
  const { ownCurrency, prices, answers, confirms = [] } = draft;
  const unanswered = terms.criteria.filter(
    ({ id, kind }) => kind === 'quality' && !answers.some(({ criterionId }) => criterionId === id),
  );
  const unconfirmed = (terms.mustHaveCodes ?? []).filter((code) => !confirms.includes(code));
  return {
    tenderId,
    savedAt,
    draft,
    ...(ownCurrency
      ? {
          ownPrices: prices.flatMap(({ lotId, price }) => {
            const own = inOwnCurrency(price, ownCurrency);
            return own ? [{ lotId, price: own }] : [];
          }),
        }
      : {}),
    missing: [
      ...(prices.length === 0 ? ['a price for a lot'] : []),
      ...unanswered.map(({ name }) => `an answer to ${name}`),
      ...unconfirmed.map((code) => `the confirmation of ${code}`),
    ],
  };
};
