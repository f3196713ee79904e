import {
  type CommonProblem,
  commonProblems,
  type Problem,
  type ProblemStatus,
  type ProblemText,
} from '@umuhuza/contracts/problem';
import type { Change, StaleVersion } from '@umuhuza/eventing/book';
import type { Answer } from '@umuhuza/eventing/bookDocument';
import type { Request, Response } from 'express';
import { requestIdOf } from './requestId.ts';

/** A problem as a ts-rest handler returns it. */
export type ProblemAnswer = { [Status in ProblemStatus]: { readonly status: Status; readonly body: Problem } }[ProblemStatus];

const commonStatus = {
  'invalid-request': 400,
  'broken-json': 400,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'not-signed-in': 401,
  'no-organisation': 403,
  'not-allowed': 403,
  'not-found': 404,
  'stale-version': 412,
  'key-used-for-another-request': 422,
  'too-many-requests': 429,
  'unexpected-error': 500,
  'not-ready': 503,
} as const satisfies Record<CommonProblem, ProblemStatus>;

type Asked = Pick<Request, 'headers'>;

const problemOf = (
  req: Asked,
  name: string,
  status: ProblemStatus,
  text: ProblemText,
  more: Partial<Pick<Problem, 'detail' | 'issues'>> = {},
): ProblemAnswer => ({
  status,
  body: { type: `/problems/${name}`, title: text.title, status, detail: text.detail, instance: requestIdOf(req), ...more },
});

/** A refusal any route can give. */
export const commonProblem = (
  req: Asked,
  name: CommonProblem,
  more: Partial<Pick<Problem, 'detail' | 'issues'>> = {},
): ProblemAnswer => problemOf(req, name, commonStatus[name], commonProblems[name], more);

/** Sends a problem outside of ts-rest. */
export const sendProblem = (res: Response, { status, body }: ProblemAnswer): void => {
  res.status(status).type('application/problem+json').send(JSON.stringify(body));
};

/**
 * A service's way from its named refusals to what a client sees. `statuses` is exhaustive over the refusals, and is the only place
 * where one meets a status code; `texts` are the contract's.
 */
export const problemsOf = <Refusal extends string>(
  statuses: Readonly<Record<Refusal, ProblemStatus>>,
  texts: Readonly<Record<Refusal, ProblemText>>,
) => {
  /** The problem for a refusal; a detail replaces the general sentence. */
  const refuse = (req: Asked, refusal: Refusal, detail?: string): ProblemAnswer =>
    problemOf(req, refusal, statuses[refusal], texts[refusal], detail === undefined ? {} : { detail });

  /** The answer of a change: what the decision led to, the first answer of a repetition, or the problem. */
  const answer = <A extends Answer>(req: Asked, change: Change<unknown, Refusal | StaleVersion, A>): A | ProblemAnswer => {
    switch (change.outcome) {
      case 'done':
      case 'repeated':
        return change.answer;
      case 'refused':
        return change.refused === 'stale-version'
          ? commonProblem(req, 'stale-version')
          : refuse(req, change.refused as Refusal, change.detail);
      case 'key-reused':
        return commonProblem(req, 'key-used-for-another-request');
    }
  };
  return { refuse, answer };
};
