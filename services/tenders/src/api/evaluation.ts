import { isDeepStrictEqual } from 'node:util';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { memberOf } from '@umuhuza/service/caller';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { appointEvaluators } from '../tender/appointEvaluators.ts';
import { closeScoring } from '../tender/closeScoring.ts';
import { declareConflict } from '../tender/declareConflict.ts';
import { disqualifyBid } from '../tender/disqualifyBid.ts';
import { noTender } from '../tender/evolve.ts';
import { unlessBuyer } from '../tender/parties.ts';
import { scoreBids } from '../tender/scoreBids.ts';
import { openingOf } from '../tender/tender.ts';
import { namelessIn, toOpenedBids } from '../views.ts';
import { commandsOn, unlessStale } from './command.ts';
import type { TendersDeps } from './deps.ts';
import { judgeOf } from './judge.ts';
import { refuse } from './problems.ts';

type EvaluationRoutes = 'bids' | 'appointEvaluators' | 'declareConflict' | 'closeScoring' | 'score' | 'disqualify';

/** The buyer and its evaluators, once the bids are open. */
export const evaluationHandlers = (deps: TendersDeps): Pick<Handlers<typeof tendersApi>, EvaluationRoutes> => {
  const { tenders, bids, organisations, clock } = deps;
  const command = commandsOn(deps);
  return {
    bids: async ({ params, req }) => {
      const tender = (await tenders.look(params.id)) ?? noTender;
      const { by, memberOf: organisationsOf } = await judgeOf(organisations, req);
      const refusal = unlessBuyer(tender, by);
      if (refusal) return refuse(req, refusal.refused);
      if (tender.status === 'absent') return refuse(req, 'no-such-tender');
      const contents = await bids.read(params.id, openingOf(tender)?.bids ?? []);
      const names = await organisations.namesOf(namelessIn(tender));
      const view = toOpenedBids(tender, { contents, names }, by.user, organisationsOf);
      return view ? { status: 200, body: view } : refuse(req, 'bids-not-opened');
    },

    appointEvaluators: async ({ params, body, req }) => {
      const by = memberOf(req);
      // The caller is a member whether or not identity's word has arrived yet.
      const members = [...(await organisations.membersOf(by.organisation)), by.user];
      const { evaluators, insteadOf } = body;
      return command(req, params.id, (tender) => {
        const appointed = 'evaluators' in tender ? (tender.evaluators ?? []).map(({ userId }) => userId) : [];
        const isStale = insteadOf !== undefined && !isDeepStrictEqual(new Set(insteadOf), new Set(appointed));
        return unlessStale(isStale, appointEvaluators(tender, { by, evaluators, members, at: clock() }));
      });
    },

    declareConflict: async ({ params, body, req }) =>
      command(req, params.id, (tender) => declareConflict(tender, { by: memberOf(req), ...body, at: clock() })),

    closeScoring: async ({ params, body, req }) =>
      command(req, params.id, (tender) => closeScoring(tender, { by: memberOf(req), ...body, at: clock() })),

    score: async ({ params, body, req }) => {
      const judge = await judgeOf(organisations, req);
      return command(req, params.id, (tender) => scoreBids(tender, { ...judge, scores: asGiven(body.scores), at: clock() }));
    },

    disqualify: async ({ params, body, req }) => {
      const judge = await judgeOf(organisations, req);
      return command(req, params.id, (tender) => disqualifyBid(tender, { ...judge, ...body, at: clock() }));
    },
  };
};

type Given<Score> = Omit<Score, 'comment'> & { readonly comment?: string };

/** A comment that is not there is left out. */
export const asGiven = <Score extends { readonly comment?: string | undefined }>(scores: readonly Score[]): Given<Score>[] =>
  scores.map(({ comment, ...score }) => (comment ? { ...score, comment } : score));
