import { describe, expect, it } from 'vitest';
import { rememberCaller } from './caller.ts';
import { causeOf } from './commandCause.ts';

const request = (organisation: string, headers: Record<string, string>, body?: unknown) => {
  const req = { headers, method: 'POST', originalUrl: '/api/tenders', body };
  rememberCaller(req, { user: 'u1', programmeStaff: false, organisation, country: 'DE', role: 'owner' });
  return req;
};
const clock = () => '2026-11-23T12:00:00.000Z';
const causeFor = (...args: Parameters<typeof request>) => causeOf(request(...args), clock);

describe('the cause a request is', () => {
  it('is the same for the same key of the same organisation, and is worth keeping', () => {
    const one = causeFor('org-1', { 'idempotency-key': 'k' }, { title: 'A' });
    expect(one).toMatchObject({ kind: 'command', repeatable: true });
    expect(causeFor('org-1', { 'idempotency-key': 'k' }, { title: 'A' }).id).toBe(one.id);
  });
  it('never meets another organisation’s key', () =>
    expect(causeFor('org-1', { 'idempotency-key': 'k' }).id).not.toBe(causeFor('org-2', { 'idempotency-key': 'k' }).id));
  it('tells another body under the same key apart', () =>
    expect(causeFor('org-1', { 'idempotency-key': 'k' }, { a: 1 }).fingerprint).not.toBe(
      causeFor('org-1', { 'idempotency-key': 'k' }, { a: 2 }).fingerprint,
    ));
  it('is one of its own without a key', () => {
    expect(causeFor('org-1', {}).id).not.toBe(causeFor('org-1', {}).id);
    expect(causeFor('org-1', {}).repeatable).toBe(false);
  });
  it('does not keep the key itself', () =>
    expect(JSON.stringify(causeFor('org-1', { 'idempotency-key': 'very-secret-key' }))).not.toContain('very-secret-key'));
});
