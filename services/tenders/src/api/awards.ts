import { randomUUID } from 'node:crypto';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { answerClarification } from '../tender/answerClarification.ts';
import { askClarification } from '../tender/askClarification.ts';
import { awardLot } from '../tender/awardLot.ts';
import { declareUnsuccessful } from '../tender/declareUnsuccessful.ts';
import { declineAward } from '../tender/declineAward.ts';
import { noteWithdrawal } from '../tender/noteWithdrawal.ts';
import { offerContract } from '../tender/offerContract.ts';
import { signContract } from '../tender/signContract.ts';
import { signOffMilestone } from '../tender/signOffMilestone.ts';
import { openingOf } from '../tender/tender.ts';
import { commandsOn, unlessStale } from './command.ts';
import type { TendersDeps } from './deps.ts';
import { asGiven } from './evaluation.ts';
import { judgeOf } from './judge.ts';

type AwardRoutes =
  | 'award'
  | 'declareUnsuccessful'
  | 'declineAward'
  | 'noteWithdrawal'
  | 'offerContract'
  | 'signContract'
  | 'signOffMilestone'
  | 'askClarification'
  | 'answerClarification';

/** From the award of a lot to the end of its contract. */
export const awardHandlers = (deps: TendersDeps): Pick<Handlers<typeof tendersApi>, AwardRoutes> => {
  const { organisations, clock } = deps;
  const command = commandsOn(deps);
  return {
    award: async ({ params, body, req }) => {
      const judge = await judgeOf(organisations, req);
      const { lotId, bidId, reason, scores = [] } = body;
      return command(req, params.id, (tender) =>
        awardLot(tender, {
          ...judge,
          lotId,
          bidId,
          ...(reason === undefined ? {} : { reason }),
          scores: asGiven(scores),
          at: clock(),
        }),
      );
    },

    declareUnsuccessful: async ({ params, body: { lotId, ...body }, req }) => {
      const judge = await judgeOf(organisations, req);
      return command(req, params.id, (tender) =>
        declareUnsuccessful(tender, { ...judge, ...(lotId === undefined ? {} : { lotId }), ...body, at: clock() }),
      );
    },

    declineAward: async ({ params: { id, lotId }, body, req }) =>
      command(req, id, (tender) => declineAward(tender, { by: memberOf(req), lotId, ...body, at: clock() })),

    noteWithdrawal: async ({ params: { id, lotId }, body, req }) => {
      const judge = await judgeOf(organisations, req);
      return command(req, id, (tender) => noteWithdrawal(tender, { ...judge, lotId, ...body, at: clock() }));
    },

    offerContract: async ({ params: { id, lotId }, body: { milestones, insteadOf }, req }) => {
      const contractId = idFrom(causeOf(req, clock), lotId);
      return command(req, id, (tender) => {
        const award = openingOf(tender)?.results.find((result) => result.lotId === lotId);
        const standing = (award?.kind === 'awarded' && award.contract?.contractId) || null;
        const offer = {
          by: memberOf(req),
          lotId,
          contractId,
          ...(milestones === undefined ? {} : { milestones }),
          at: clock(),
        };
        return unlessStale(insteadOf !== undefined && insteadOf !== standing, offerContract(tender, offer));
      });
    },

    signContract: async ({ params: { id, lotId }, body, req }) =>
      command(req, id, (tender) => signContract(tender, { by: memberOf(req), lotId, ...body, at: clock() })),

    signOffMilestone: async ({ params: { id, lotId, milestoneId }, req }) =>
      command(req, id, (tender) => signOffMilestone(tender, { by: memberOf(req), lotId, milestoneId, at: clock() })),

    askClarification: async ({ params: { id, lotId }, body, req }) => {
      const clarificationId = randomUUID();
      return command(req, id, (tender) =>
        askClarification(tender, { by: memberOf(req), lotId, clarificationId, ...body, at: clock() }),
      );
    },

    answerClarification: async ({ params: { id, clarificationId }, body, req }) =>
      command(req, id, (tender) => answerClarification(tender, { by: memberOf(req), clarificationId, ...body, at: clock() })),
  };
};
