import { initContract } from '@ts-rest/core';
import { z } from 'zod';

const c = initContract();

/** RFC 9457. `type` leads to a page that explains the refusal; `instance` is the request id to quote when asking for help. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** What a person is told about a refusal: a short title and a sentence that says what can be done. */
export type ProblemText = { readonly title: string; readonly detail: string };

const problemBody = c.otherResponse({ contentType: 'application/problem+json', body: problem });

/** The refusals any route can answer with. */
export const problems = {
  400: problemBody,
  401: problemBody,
  403: problemBody,
  404: problemBody,
  409: problemBody,
  412: problemBody,
  413: problemBody,
  415: problemBody,
  422: problemBody,
  429: problemBody,
  500: problemBody,
  503: problemBody,
} as const;
export type ProblemStatus = keyof typeof problems;

/** The refusals that have nothing to do with a service's own rules. */
export const commonProblems = {
  'invalid-request': {
    title: 'The request is not valid',
    detail: 'Some fields are missing, unknown or of the wrong form; see the issues.',
  },
  'broken-json': {
    title: 'The body is not JSON',
    detail: 'The body could not be read as JSON. Check quotes, commas and brackets.',
  },
  'body-too-large': { title: 'The body is too large', detail: 'Send less at once; each route has a limit.' },
  'unsupported-media-type': {
    title: 'This media type is not understood',
    detail: 'Send JSON with Content-Type: application/json.',
  },
  'not-signed-in': {
    title: 'You are not signed in',
    detail: 'Send a valid token as Authorization: Bearer; it lasts a few minutes and can be fetched again.',
  },
  'no-organisation': {
    title: 'No organisation is chosen',
    detail: 'Create an organisation or choose one of yours, then fetch a new token.',
  },
  'not-allowed': { title: 'Your role does not allow this', detail: 'Ask an owner or admin of your organisation.' },
  'not-found': { title: 'There is nothing here', detail: 'The address is wrong, or what it named is not yours to see.' },
  'stale-version': {
    title: 'It has changed meanwhile',
    detail: 'Read it again, look at what changed, and repeat your edit with the new ETag.',
  },
  'key-used-for-another-request': {
    title: 'This Idempotency-Key was used for another request',
    detail: 'Use a new key for a new request; repeat a request only with the same body.',
  },
  'too-many-requests': { title: 'Too many requests', detail: 'Wait a moment and try again.' },
  'unexpected-error': {
    title: 'Something went wrong on our side',
    detail: 'Nothing you sent is lost if it was acknowledged. Try again; quote the instance if it stays.',
  },
  'not-ready': { title: 'The service is not ready', detail: 'A part it needs is starting or away. Try again in a few seconds.' },
} satisfies Record<string, ProblemText>;
export type CommonProblem = keyof typeof commonProblems;
