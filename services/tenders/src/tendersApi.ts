import { randomUUID } from 'node:crypto';
import type { ProblemStatus } from '@umuhuza/contracts/problem';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { tendersProblems } from '@umuhuza/contracts/tenders/problems';
import { idFrom } from '@umuhuza/eventing/cause';
import type { Decision } from '@umuhuza/eventing/decision';
import { memberOf } from '@umuhuza/service/caller';
import type { Clock } from '@umuhuza/service/clock';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import { problemsOf } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import type { BidStore } from './bidStore.ts';
import { digestOf } from './digest.ts';
import { importReleases } from './importReleases.ts';
import { writePackage } from './ocds/writePackage.ts';
import { readForOpening } from './opening.ts';
import type { Organisations } from './organisations.ts';
import { answerQuestion } from './tender/answerQuestion.ts';
import { askQuestion } from './tender/askQuestion.ts';
import { awardLot } from './tender/awardLot.ts';
import { cancelTender } from './tender/cancelTender.ts';
import { createDraft } from './tender/createDraft.ts';
import { declareUnsuccessful } from './tender/declareUnsuccessful.ts';
import { disqualifyBid } from './tender/disqualifyBid.ts';
import { editTender } from './tender/editTender.ts';
import { noTender } from './tender/evolve.ts';
import { openBids } from './tender/openBids.ts';
import { unlessBuyer } from './tender/parties.ts';
import { publishTender } from './tender/publishTender.ts';
import type { TenderRefusal } from './tender/refusals.ts';
import { scoreBids } from './tender/scoreBids.ts';
import { submitBid } from './tender/submitBid.ts';
import { bidOf, isVisibleTo, openingOf, type Tender, type TenderFact } from './tender/tender.ts';
import { withdrawBid } from './tender/withdrawBid.ts';
import type { TenderBook } from './tenderBook.ts';
import { toMyBid, toOpenedBids, toReceipt, toTenderView } from './views.ts';

/** The one place where a refusal meets a status code. */
const statuses = {
  'no-such-tender': 404,
  'only-the-buyer': 403,
  'buyer-unknown-yet': 409,
  'not-a-draft': 409,
  'tender-not-complete': 422,
  'deadline-not-in-future': 422,
  'duplicate-ids': 422,
  'budget-in-other-currency': 422,
  'deadline-only-later': 422,
  'too-close-to-deadline': 409,
  'too-many-amendments': 409,
  'bidding-is-over': 409,
  'bidding-not-over': 409,
  'not-published': 409,
  'procedure-is-over': 409,
  'a-lot-is-awarded': 409,
  'buyer-may-not-ask': 403,
  'too-many-questions': 429,
  'no-such-question': 404,
  'question-already-answered': 409,
  'questions-unanswered': 409,
  'only-rwandan-firms-bid': 403,
  'buyer-may-not-bid': 403,
  'no-such-lot': 422,
  'no-such-criterion': 422,
  'given-twice': 422,
  'price-in-other-currency': 422,
  'no-bid': 404,
  'bids-not-opened': 409,
  'bids-not-readable': 503,
  'no-such-bid': 422,
  'bid-is-disqualified': 409,
  'bid-already-won': 409,
  'scores-are-final': 409,
  'bids-not-scored': 409,
  'not-first-in-ranking': 409,
  'lot-already-awarded': 409,
  'lot-unsuccessful': 409,
  'not-ocds': 422,
  'too-many-releases': 422,
  'unknown-cursor': 400,
} as const satisfies Record<keyof typeof tendersProblems | TenderRefusal, ProblemStatus>;

const { refuse, answer } = problemsOf(statuses, tendersProblems);

export type TendersDeps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly organisations: Organisations;
  readonly clock: Clock;
  /** Where the platform is reached from outside; OCDS packages name it as theirs. */
  readonly publicUrl: string;
};

export const tendersHandlers = (deps: TendersDeps): Handlers<typeof tendersApi> => {
  const { tenders, bids, organisations, clock, publicUrl } = deps;

  const viewFor = (organisation: string) => (tender: Tender) => {
    if (tender.status === 'absent') throw new Error('a tender that is not there has no view');
    return toTenderView(tender, organisation);
  };

  /** A command on a tender, answered with the caller's view of what became of it. */
  const command = async (req: Request, id: string, decide: (tender: Tender) => Decision<TenderFact, TenderRefusal>) => {
    const view = viewFor(memberOf(req).organisation);
    const change = await tenders.change(id, decide, causeOf(req, clock), (tender) => ({
      status: 200 as const,
      body: view(tender),
    }));
    return answer(req, change);
  };

  const visible = async (req: Request, id: string) => {
    const tender = (await tenders.find(id)) ?? noTender;
    return isVisibleTo(tender, memberOf(req).organisation) ? tender : undefined;
  };

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
    create: async ({ body, req }) => {
      const { organisation, country } = memberOf(req);
      const name = await organisations.nameOf(organisation);
      const cause = causeOf(req, clock);
      const tenderId = idFrom(cause);
      const change = await tenders.create(
        tenderId,
        (tender) =>
          createDraft(tender, {
            tenderId,
            ocid: `ocds-umuhuza-${tenderId}`,
            buyer: { organisationId: organisation, country, ...(name === undefined ? {} : { name }) },
            terms: body,
            at: clock(),
          }),
        cause,
        (tender) => ({ status: 201 as const, body: viewFor(organisation)(tender) }),
      );
      return answer(req, change);
    },

    list: async ({ query, req }) => {
      const { limit, cursor, mine, status, cpv } = query;
      const isMine = mine === 'true';
      const filter = {
        reader: memberOf(req).organisation,
        mine: isMine,
        status: status ?? (isMine ? 'all' : 'open'),
        cpvPrefix: cpv,
        at: clock(),
      } as const;
      const found = await tenders.list(filter, limit, cursor);
      return found === 'unknown-cursor' ? refuse(req, found) : { status: 200, body: found };
    },

    importReleases: async ({ body, req }) => {
      const { organisation, country } = memberOf(req);
      const name = await organisations.nameOf(organisation);
      const imported = await importReleases(deps, body, {
        buyer: { organisationId: organisation, country, ...(name === undefined ? {} : { name }) },
        cause: causeOf(req, clock),
      });
      if (imported === 'not-ocds' || imported === 'too-many-releases') return refuse(req, imported);
      return imported === 'key-reused' ? answer(req, { outcome: 'key-reused' }) : { status: 200, body: imported };
    },

    get: async ({ params, req }) => {
      const tender = await visible(req, params.id);
      return tender ? { status: 200, body: toTenderView(tender, memberOf(req).organisation) } : refuse(req, 'no-such-tender');
    },

    edit: async ({ params, body, headers, req }) => {
      const by = memberOf(req);
      const { reason, ...changes } = body;
      const view = viewFor(by.organisation);
      const change = await tenders.change(
        params.id,
        (tender) =>
          isVisibleTo(tender, by.organisation) && isStale(headers['if-match'], view(tender))
            ? { refused: 'stale-version' as const }
            : editTender(tender, { by, changes, ...(reason === undefined ? {} : { reason }), at: clock() }),
        causeOf(req, clock),
        (tender) => ({ status: 200 as const, body: view(tender) }),
      );
      return answer(req, change);
    },

    publish: async ({ params, req }) => {
      const by = memberOf(req);
      const buyerName = await organisations.nameOf(by.organisation);
      return command(req, params.id, (tender) => publishTender(tender, { by, buyerName, at: clock() }));
    },

    cancel: async ({ params, body, req }) =>
      command(req, params.id, (tender) => cancelTender(tender, { by: memberOf(req), reason: body.reason, at: clock() })),

    ask: async ({ params, body, req }) => {
      const by = memberOf(req);
      const cause = causeOf(req, clock);
      const change = await tenders.change(
        params.id,
        (tender) => askQuestion(tender, { questionId: idFrom(cause), question: body.question, by, at: clock() }),
        cause,
        (tender) => ({ status: 201 as const, body: viewFor(by.organisation)(tender) }),
      );
      return answer(req, change);
    },

    answer: async ({ params, body, req }) =>
      command(req, params.id, (tender) =>
        answerQuestion(tender, { questionId: params.questionId, by: memberOf(req), at: clock(), ...body }),
      ),

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

    openBids: async ({ params, req }) => {
      const at = clock();
      const contents = await readForOpening(deps, params.id, at);
      return command(req, params.id, (tender) => openBids(tender, { by: memberOf(req), contents, at }));
    },

    bids: async ({ params, req }) => {
      const tender = (await tenders.find(params.id)) ?? noTender;
      const refusal = unlessBuyer(tender, memberOf(req));
      if (refusal) return refuse(req, refusal.refused);
      if (tender.status === 'absent') return refuse(req, 'no-such-tender');
      const opened = openingOf(tender)?.bids ?? [];
      const view = toOpenedBids(tender, await bids.read(opened.map(({ contentId }) => contentId)));
      return view ? { status: 200, body: view } : refuse(req, 'bids-not-opened');
    },

    score: async ({ params, body, req }) =>
      command(req, params.id, (tender) => scoreBids(tender, { by: memberOf(req), scores: body.scores })),

    disqualify: async ({ params, body, req }) =>
      command(req, params.id, (tender) => disqualifyBid(tender, { by: memberOf(req), ...body })),

    award: async ({ params, body, req }) => {
      const { lotId, bidId, reason, scores } = body;
      return command(req, params.id, (tender) =>
        awardLot(tender, {
          by: memberOf(req),
          lotId,
          bidId,
          ...(reason === undefined ? {} : { reason }),
          ...(scores === undefined ? {} : { scores }),
          at: clock(),
        }),
      );
    },

    declareUnsuccessful: async ({ params, body, req }) => {
      const { lotId, reason } = body;
      return command(req, params.id, (tender) =>
        declareUnsuccessful(tender, { by: memberOf(req), ...(lotId === undefined ? {} : { lotId }), reason, at: clock() }),
      );
    },

    ocds: async ({ params, req }) => {
      const tender = await visible(req, params.id);
      if (!tender) return refuse(req, 'no-such-tender');
      return { status: 200, body: writePackage(tender, memberOf(req).organisation, publicUrl) };
    },
  };
};
