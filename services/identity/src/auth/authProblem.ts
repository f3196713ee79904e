import { authProblems } from '@umuhuza/contracts/identity/authProblems';
import type { CommonProblem, Problem, ProblemStatus, ProblemText } from '@umuhuza/contracts/problem';
import { problems } from '@umuhuza/contracts/problem';
import { commonProblem, type ProblemAnswer } from '@umuhuza/service/problems';
import { requestIdOf } from '@umuhuza/service/requestId';
import type { Request } from 'express';
import { z } from 'zod';

const refusal = z.object({ code: z.string().optional(), message: z.string().optional() });

/** Codes whose kebab would say less than another name does. */
const names: Readonly<Record<string, string>> = {
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'user-already-exists',
  ORGANIZATION_SLUG_ALREADY_TAKEN: 'organization-already-exists',
};

/** What every route may answer, where better-auth gives no code or one that says the same. */
const common: Readonly<Partial<Record<number, CommonProblem>>> = {
  400: 'invalid-request',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'not-ready',
};

/** Codes that only repeat the status. */
const isBare = (code: string): boolean => /^(BAD_REQUEST|UNAUTHORIZED|FORBIDDEN|NOT_FOUND|INTERNAL_SERVER_ERROR)$/.test(code);

/** better-auth's refusal as a problem. Its code stays as `code`, where its own client looks for it. */
export const authProblem = (req: Request, status: number, body: string): ProblemAnswer => {
  const { code, message } = read(body);
  // What can be refused is refused by another name; so its database failed it.
  if (code?.startsWith('FAILED_TO_')) return withCode(commonProblem(req, 'not-ready'), code);
  if (status >= 500 || code === undefined || isBare(code)) {
    const name = common[status] ?? (status >= 500 ? 'unexpected-error' : 'invalid-request');
    return withCode(commonProblem(req, name, name === 'not-signed-in' ? { detail: signInFirst } : {}), code);
  }
  const name = names[code] ?? code.toLowerCase().replaceAll('_', '-');
  const text = (authProblems as Readonly<Record<string, ProblemText>>)[name] ?? {
    title: message ?? name,
    detail: message ?? 'The request was refused.',
  };
  const known = isProblemStatus(status) ? status : 400;
  const problem: Problem = { type: `/problems/${name}`, ...text, status: known, instance: requestIdOf(req) };
  return withCode({ status: known, body: problem }, code);
};

const signInFirst = 'Sign in first; these routes know you by the session cookie that signing in sets.';

const withCode = ({ status, body }: ProblemAnswer, code: string | undefined): ProblemAnswer => {
  const extended: Problem & { readonly code?: string } = code === undefined ? body : { ...body, code };
  return { status, body: extended };
};

const isProblemStatus = (status: number): status is ProblemStatus => status in problems;

const read = (body: string): z.output<typeof refusal> => {
  try {
    return refusal.catch({}).parse(JSON.parse(body));
  } catch {
    // An empty or foreign body says nothing beyond its status.
    return {};
  }
};
