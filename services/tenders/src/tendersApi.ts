import { randomUUID } from 'node:crypto';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberIfAny, memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import { awardHandlers } from './api/awards.ts';
import { bidDocumentHandlers } from './api/bidDocuments.ts';
import { bidDraftHandlers } from './api/bidDrafts.ts';
import { bidHandlers } from './api/bids.ts';
import { commandsOn, viewsOn } from './api/command.ts';
import { cpvHandlers } from './api/cpv.ts';
import type { TendersDeps } from './api/deps.ts';
import { evaluationHandlers } from './api/evaluation.ts';
import { answer, refuse } from './api/problems.ts';
import { tenderDocumentHandlers } from './api/tenderDocuments.ts';
import { branchOf } from './cpv/tree.ts';
import { importReleases } from './importReleases.ts';
import { writePackage, writeRecord } from './ocds/writePackage.ts';
import { readForOpening } from './opening.ts';
import { sealOf } from './sealing/sealOf.ts';
import { askedWordsOf } from './searchWords.ts';
import { steadyTenders } from './steadyTenders.ts';
import { answerQuestion } from './tender/answerQuestion.ts';
import { askQuestion } from './tender/askQuestion.ts';
import { cancelTender } from './tender/cancelTender.ts';
import { createDraft } from './tender/createDraft.ts';
import { editTender } from './tender/editTender.ts';
import { noTender } from './tender/evolve.ts';
import { followTender } from './tender/followTender.ts';
import { openBids } from './tender/openBids.ts';
import { publishTender } from './tender/publishTender.ts';
import { isEndedUnopened, isVisibleTo } from './tender/tender.ts';
import { namelessIn } from './views.ts';

export const tendersHandlers = (given: TendersDeps): Handlers<typeof tendersApi> => {
  const deps = { ...given, tenders: steadyTenders(given.tenders) };
  const { tenders, keys, askers, organisations, clock, publicUrl } = deps;
  const command = commandsOn(deps);
  const viewFor = viewsOn(deps);

  const visible = async (req: Request, id: string) => {
    const tender = (await tenders.look(id)) ?? noTender;
    return isVisibleTo(tender, memberIfAny(req)?.organisation) ? tender : undefined;
  };
  const toReader = (req: Request) => ({ reader: memberIfAny(req)?.organisation, publicUrl, at: clock() });

  /** Nobody could tell an organisation that is not there of its invitation. Decided with the change, for by its repetition it may be there. */
  const refusalOfStrangers = async (firms: readonly string[] = []) => {
    const known = firms.length === 0 ? new Map() : await organisations.namesOf(firms);
    const stranger = firms.find((firm) => !known.has(firm));
    return stranger === undefined
      ? undefined
      : { refused: 'no-such-organisation' as const, detail: `${stranger} is not known here.` };
  };

  return {
    // Served in this order: addresses of one word come before the ids of tenders.
    ...bidHandlers(deps),
    ...bidDraftHandlers(deps),
    ...bidDocumentHandlers(deps),
    ...tenderDocumentHandlers(deps),

    create: async ({ body, req }) => {
      const { organisation, country } = memberOf(req);
      const no = await refusalOfStrangers(body.invited);
      const name = await organisations.nameOf(organisation);
      const cause = causeOf(req, clock);
      const tenderId = idFrom(cause);
      const change = await tenders.create(
        tenderId,
        (tender) =>
          no ??
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
      const { limit, cursor, mine, following, status, cpv, q, audience, closesBefore, order } = query;
      const isMine = mine === 'true';
      const isFollowing = following === 'true';
      const filter = {
        reader: memberOf(req).organisation,
        mine: isMine,
        following: isFollowing,
        status: status ?? (isMine || isFollowing ? 'all' : 'open'),
        cpvBranch: cpv === undefined ? undefined : branchOf(cpv),
        words: q === undefined ? undefined : askedWordsOf(q),
        audience,
        closesBefore,
        order,
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

    ...cpvHandlers(deps),

    get: async ({ params, req }) => {
      const tender = await visible(req, params.id);
      if (!tender) return refuse(req, 'no-such-tender');
      const names = await organisations.namesOf(namelessIn(tender));
      return { status: 200, body: viewFor(memberOf(req).organisation, names)(tender) };
    },

    edit: async ({ params, body, headers, req }) => {
      const by = memberOf(req);
      const { reason, ...changes } = body;
      const no = await refusalOfStrangers(body.invited);
      const view = viewFor(by.organisation);
      const change = await tenders.change(
        params.id,
        (tender) =>
          no ??
          (isVisibleTo(tender, by.organisation) && isStale(headers['if-match'], view(tender))
            ? { refused: 'stale-version' as const }
            : editTender(tender, { by, changes, ...(reason === undefined ? {} : { reason }), at: clock() })),
        causeOf(req, clock),
        (tender) => ({ status: 200 as const, body: view(tender) }),
      );
      return answer(req, change);
    },

    publish: async ({ params, req }) => {
      const by = memberOf(req);
      const buyerName = await organisations.nameOf(by.organisation);
      // Before the first bid there can be, and whether or not there will be one: that there is a key tells nothing.
      if ((await visible(req, params.id))?.status === 'draft') await keys.makeFor(params.id);
      return command(req, params.id, (tender) => publishTender(tender, { by, buyerName, at: clock() }));
    },

    cancel: async ({ params, body, req }) => {
      const answered = await command(req, params.id, (tender) =>
        cancelTender(tender, { by: memberOf(req), reason: body.reason, at: clock() }),
      );
      const ended = answered.status === 200 ? await tenders.find(params.id) : undefined;
      // The rest is deleted a moment later: how long that takes would tell the buyer how much there was.
      if (ended && isEndedUnopened(ended)) await keys.destroy(params.id);
      return answered;
    },

    ask: async ({ params, body, req }) => {
      const by = memberOf(req);
      // Neither the id nor the cause, which travels with the event, tells the asker to whoever guesses its Idempotency-Key.
      const questionId = randomUUID();
      const seal = await sealOf(deps, params.id);
      const askedBy = askers.markOf(params.id, by.organisation);
      const change = await tenders.change(
        params.id,
        (tender) => askQuestion(tender, { questionId, question: body.question, by, askedBy, at: clock() }),
        seal.cause(causeOf(req, clock)),
        (tender) => ({ status: 201 as const, body: viewFor(by.organisation)(tender) }),
      );
      return answer(req, change);
    },

    answer: async ({ params, body, req }) =>
      command(req, params.id, (tender) =>
        answerQuestion(tender, { questionId: params.questionId, by: memberOf(req), at: clock(), ...body }),
      ),

    follow: async ({ params, body, req }) =>
      command(req, params.id, (tender) => followTender(tender, { by: memberOf(req), follows: body.follows })),

    openBids: async ({ params, req }) => {
      const at = clock();
      const read = await readForOpening(deps, params.id, at);
      return command(req, params.id, (tender) => openBids(tender, { by: memberOf(req), ...read, at }));
    },

    ...evaluationHandlers(deps),
    ...awardHandlers(deps),

    ocds: async ({ params, req }) => {
      const tender = await visible(req, params.id);
      return tender ? { status: 200, body: writePackage(tender, toReader(req)) } : refuse(req, 'no-such-tender');
    },

    ocdsRecord: async ({ params, req }) => {
      const tender = await visible(req, params.id);
      return tender ? { status: 200, body: writeRecord(tender, toReader(req)) } : refuse(req, 'no-such-tender');
    },
  };
};
