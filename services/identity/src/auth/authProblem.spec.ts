import { describe, expect, it } from 'vitest';
import { authProblem } from './authProblem.ts';

const asked = { headers: { 'x-request-id': 'request-1' } } as never;
const problemOf = (status: number, body: unknown) =>
  authProblem(asked, status, typeof body === 'string' ? body : JSON.stringify(body));

describe('a refusal of better-auth as a problem', () => {
  it('is named by its code, which stays readable for better-auth’s own client', () =>
    expect(problemOf(401, { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' })).toEqual({
      status: 401,
      body: {
        type: '/problems/invalid-email-or-password',
        title: 'E-mail address or password is wrong',
        detail: 'Check both and try again. We do not say which one is wrong.',
        status: 401,
        instance: 'request-1',
        code: 'INVALID_EMAIL_OR_PASSWORD',
      },
    }));
  it('is told in better-auth’s words where we have none of our own', () =>
    expect(problemOf(403, { code: 'INVITATION_LIMIT_REACHED', message: 'Invitation limit reached' })).toMatchObject({
      status: 403,
      body: { type: '/problems/invitation-limit-reached', title: 'Invitation limit reached' },
    }));
  it.each([
    [400, 'invalid-request'],
    [401, 'not-signed-in'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [429, 'too-many-requests'],
    [500, 'unexpected-error'],
    [503, 'not-ready'],
  ])('has the common name of %i when it says nothing else', (status, name) => {
    for (const body of ['', '<html>', {}, { message: 'Sorry' }])
      expect(problemOf(status, body)).toMatchObject({ status, body: { type: `/problems/${name}` } });
  });
  it('is an outage when better-auth could not write what it had allowed', () =>
    expect(problemOf(422, { code: 'FAILED_TO_CREATE_USER', message: 'Failed to create user' })).toMatchObject({
      status: 503,
      body: { type: '/problems/not-ready' },
    }));
  it('tells nothing of what broke inside', () => {
    const reply = problemOf(500, { message: 'connection to db-7.internal failed' });
    expect(JSON.stringify(reply)).not.toContain('db-7');
  });
  it('has a status that a problem may have', () =>
    expect(problemOf(418, { code: 'TEAPOT', message: 'Short and stout' })).toMatchObject({ status: 400, body: { status: 400 } }));
});
