import type { matchingApi } from '@umuhuza/contracts/matching/api';
import { matchingProblems } from '@umuhuza/contracts/matching/problems';
import type { ProblemStatus } from '@umuhuza/contracts/problem';
import { UniqueTaken } from '@umuhuza/eventing/book';
import { idFrom } from '@umuhuza/eventing/cause';
import { callerOf, memberOf } from '@umuhuza/service/caller';
import type { Clock } from '@umuhuza/service/clock';
import { causeOf } from '@umuhuza/service/commandCause';
import { commonProblem, problemsOf } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { CooperationBook } from './cooperationBook.ts';
import { acceptInterest } from './interest/acceptInterest.ts';
import { declineInterest } from './interest/declineInterest.ts';
import { expressInterest } from './interest/expressInterest.ts';
import type { Interest } from './interest/interest.ts';
import type { InterestBook } from './interestBook.ts';
import type { Invitations } from './invitations.ts';
import type { Market } from './market.ts';
import { wordsIn } from './matching/words/languages.ts';
import { bestFor, matchesOf, maySee } from './myMatches.ts';
import type { Organisations } from './organisations.ts';
import { isTold, notDrawn } from './tenderMatch/tenderMatch.ts';
import type { TenderMatchBook } from './tenderMatchBook.ts';
import { toCooperation, toInterest, toOwnMatch, toTenderSummary } from './views.ts';

export type ApiDeps = {
  readonly market: Market;
  readonly matches: TenderMatchBook;
  readonly invitations: Invitations;
  readonly interests: InterestBook;
  readonly cooperations: CooperationBook;
  readonly organisations: Organisations;
  readonly clock: Clock;
};

const statuses = {
  'no-such-interest': 404,
  'consent-missing': 422,
  'interest-in-oneself': 422,
  'no-such-organisation': 422,
  'organisation-not-known-yet': 409,
  'interest-open-already': 409,
  'not-yours-to-answer': 403,
  'interest-answered': 409,
  'interest-expired': 409,
  'unknown-cursor': 400,
} as const satisfies Record<keyof typeof matchingProblems, ProblemStatus>;

const { refuse, answer } = problemsOf(statuses, matchingProblems);

/** The interest as the answer of a change: a decision that took effect never leaves it without a state. */
const shown = (interest: Interest, reader: string) => {
  if (interest.status === 'none') throw new Error('an interest that was changed exists');
  return toInterest(interest, reader);
};

export const matchingHandlers = ({
  market,
  matches,
  invitations,
  interests,
  cooperations,
  organisations,
  clock,
}: ApiDeps): Handlers<typeof matchingApi> => ({
  tenderMatches: async ({ params, query, req }) => {
    const caller = callerOf(req);
    const organisation = 'organisation' in caller ? caller.organisation : undefined;
    if (organisation === undefined && !caller.programmeStaff) return commonProblem(req, 'no-organisation');
    const words = wordsIn[query.language];
    const known = await market.tender(params.id);
    if (!known) return commonProblem(req, 'not-found');
    const match = (await matches.find(params.id)) ?? notDrawn;
    if (caller.programmeStaff || known.tender.buyer.organisationId === organisation)
      return { status: 200, body: bestFor(market, known, match, query.limit, words) };

    if (organisation === undefined) return commonProblem(req, 'not-found');
    const told = isTold(match, organisation);
    const invited = (await invitations.of(organisation, [params.id])).has(params.id);
    if (!maySee(known, { told, invited })) return commonProblem(req, 'not-found');
    const firm = market.firms.get(organisation);
    const firms = firm ? [{ ...toOwnMatch(known.measure, firm, words), told }] : [];
    return { status: 200, body: { tender: toTenderSummary(known.tender), firms } };
  },

  mine: async ({ query, req }) => ({
    status: 200,
    body: await matchesOf(
      { market, matches, invitations },
      memberOf(req).organisation,
      query.limit,
      clock(),
      wordsIn[query.language],
    ),
  }),

  expressInterest: async ({ body, req }) => {
    const { organisation, user } = memberOf(req);
    const cause = causeOf(req, clock);
    const interestId = idFrom(cause);
    const [from, to] = await Promise.all([organisations.find(organisation), organisations.find(body.to)]);
    type No = 'organisation-not-known-yet' | 'no-such-organisation' | 'interest-open-already';
    const express = (no?: No) =>
      interests.change(
        interestId,
        (interest) => {
          if (no) return { refused: no };
          if (!from) return { refused: 'organisation-not-known-yet' as const };
          if (!to) return { refused: 'no-such-organisation' as const };
          return expressInterest(interest, { ...body, interestId, from, to, user, at: clock() });
        },
        cause,
        (interest) => ({ status: 201 as const, body: shown(interest, organisation) }),
      );
    try {
      return answer(req, await express());
    } catch (error) {
      if (error instanceof UniqueTaken) return answer(req, await express('interest-open-already'));
      throw error;
    }
  },

  interests: async ({ query, req }) => {
    const { organisation } = memberOf(req);
    const { limit, cursor, ...filter } = query;
    const found = await interests.list(organisation, filter, limit, cursor);
    if (found === 'unknown-cursor') return refuse(req, found);
    return { status: 200, body: { ...found, items: found.items.map((interest) => toInterest(interest, organisation)) } };
  },

  acceptInterest: async ({ params, body, req }) => {
    const { organisation, user } = memberOf(req);
    const change = await interests.change(
      params.id,
      (interest) => acceptInterest(interest, { ...body, by: organisation, user, at: clock() }),
      causeOf(req, clock),
      (interest) => ({ status: 200 as const, body: shown(interest, organisation) }),
    );
    return answer(req, change);
  },

  declineInterest: async ({ params, body, req }) => {
    const { organisation } = memberOf(req);
    const change = await interests.change(
      params.id,
      (interest) => declineInterest(interest, { by: organisation, reason: body?.reason, at: clock() }),
      causeOf(req, clock),
      (interest) => ({ status: 200 as const, body: shown(interest, organisation) }),
    );
    return answer(req, change);
  },

  cooperations: async ({ query, req }) => {
    const found = await cooperations.list(memberOf(req).organisation, query.limit, query.cursor);
    if (found === 'unknown-cursor') return refuse(req, found);
    const items = await Promise.all(
      found.items.map(async (cooperation) =>
        toCooperation(
          cooperation,
          cooperation.origin.kind === 'interest' ? await interests.find(cooperation.origin.id) : undefined,
        ),
      ),
    );
    return { status: 200, body: { ...found, items } };
  },
});
