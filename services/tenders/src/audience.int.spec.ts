import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, describe, expect, it } from 'vitest';
import { bid, refused, startTenders } from './tenders.fixture.ts';

const tenders = await startTenders();
const { buyer, alpha, beta, gamma, publishedTender, complete, heardOf, say } = tenders;
afterAll(tenders.stop);

const listed = async (client: Client, id: string) =>
  ((await client('GET', '/api/tenders?limit=100')).body as { items: TenderView[] }).items.some((tender) => tender.id === id);
const seenBy = async (id: string) => {
  const seen: string[] = [];
  for (const [name, client] of Object.entries({ buyer, alpha, beta, gamma })) {
    const { status } = await client('GET', `/api/tenders/${id}`);
    expect(await listed(client, id), name).toBe(status === 200);
    if (status === 200) seen.push(name);
  }
  return seen;
};

describe('a tender that is not for all', () => {
  it('is there for the invited firms alone, in lists and by its id', async () => {
    const id = await publishedTender({ audience: 'invited', invited: ['org-alpha'] });
    expect(await seenBy(id)).toEqual(['buyer', 'alpha']);
    for (const path of ['', '/ocds', '/ocds/record', '/bids/mine'])
      expect(await beta('GET', `/api/tenders/${id}${path}`)).toMatchObject(refused(404, 'no-such-tender'));
    expect(await beta('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) })).toMatchObject(refused(404, 'no-such-tender'));
    expect((await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) })).status).toBe(200);

    const more = await buyer('PATCH', `/api/tenders/${id}`, {
      body: { invited: ['org-alpha', 'org-beta'], reason: 'Two are asked.' },
    });
    expect(more).toMatchObject({ status: 200, body: { invited: ['org-alpha', 'org-beta'] } });
    expect(await seenBy(id)).toEqual(['buyer', 'alpha', 'beta']);
    expect(await alpha('GET', `/api/tenders/${id}`)).toMatchObject({ body: { amendments: [] } });
    expect((await alpha('GET', `/api/tenders/${id}`)).body).not.toHaveProperty('invited');
    expect(await alpha('GET', `/api/tenders/${id}/bids/mine`)).toMatchObject({ body: { status: 'valid' } });
    await eventually(async () =>
      expect((await heardOf(id)).map(({ type, data }) => [type.split('.')[2], data.firms])).toEqual([
        ['TenderPublished', undefined],
        ['FirmsInvited', ['org-alpha']],
        ['FirmsInvited', ['org-beta']],
      ]),
    );
  });
  it('invites only whom this platform knows', async () => {
    expect(await buyer('POST', '/api/tenders', { body: complete({ invited: ['org-nobody'] }) })).toMatchObject(
      refused(422, 'no-such-organisation'),
    );
    const id = await publishedTender();
    expect(await buyer('PATCH', `/api/tenders/${id}`, { body: { invited: ['org-nobody'] } })).toMatchObject(
      refused(422, 'no-such-organisation'),
    );
  });
  it('stays refused under its key when whom it invites has come to be known since', async () => {
    const headers = { 'idempotency-key': 'invites-newcomer' };
    const body = complete({ invited: ['org-newcomer'] });
    const create = () => buyer('POST', '/api/tenders', { body, headers });
    const id = await publishedTender();
    const edit = () => buyer('PATCH', `/api/tenders/${id}`, { body: { invited: ['org-newcomer'] }, headers });
    for (const send of [create, edit]) expect(await send()).toMatchObject(refused(422, 'no-such-organisation'));
    await say('identity.OrganisationRegistered', 'org-newcomer', {
      organisationId: 'org-newcomer',
      name: 'Demonstration Newcomer Ltd',
      slug: 'org-newcomer',
      country: 'RW',
    });
    await eventually(async () => expect((await buyer('POST', '/api/tenders', { body })).status).toBe(201));
    for (const send of [create, edit]) expect(await send()).toMatchObject(refused(422, 'no-such-organisation'));
    expect((await buyer('GET', `/api/tenders/${id}`)).body).not.toMatchObject({ invited: ['org-newcomer'] });
  });
  it('is there for a matched firm from when matching tells it', async () => {
    const id = await publishedTender({ audience: 'matched' });
    expect(await seenBy(id)).toEqual(['buyer']);
    await say('matching.FirmsMatched', id, {
      tenderId: id,
      title: 'A portal for carriers',
      buyer: { organisationId: 'org-buyer', name: 'Demonstration Buyer GmbH' },
      deadline: tenders.inDays(10),
      firms: [{ organisationId: 'org-gamma', name: 'Demonstration Gamma Ltd', score: 0.5, reasons: [] }],
    });
    await eventually(async () => expect(await seenBy(id)).toEqual(['buyer', 'gamma']));
    expect((await gamma('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) })).status).toBe(200);
    expect(await buyer('PATCH', `/api/tenders/${id}`, { body: { audience: 'invited', invited: ['org-gamma'] } })).toMatchObject(
      refused(409, 'audience-only-wider'),
    );
    expect((await buyer('PATCH', `/api/tenders/${id}`, { body: { audience: 'all', reason: 'Too few.' } })).status).toBe(200);
    expect(await seenBy(id)).toEqual(['buyer', 'alpha', 'beta', 'gamma']);
  });
});

describe('what a bid has to confirm, and who is told of a change', () => {
  it('is shown, amended in everybody’s sight, and told to those who follow', async () => {
    const id = await publishedTender({ mustHaveCodes: ['signed-nda'], paymentTerms: '30 days net.', standstillDays: 0 });
    expect(await alpha('GET', `/api/tenders/${id}`)).toMatchObject({
      body: { mustHaveCodes: ['signed-nda'], paymentTerms: '30 days net.', standstillDays: 0, following: false },
    });
    expect(await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: bid(1) })).toMatchObject(
      refused(422, 'must-have-not-confirmed'),
    );
    const confirming = { ...bid(1), confirms: ['signed-nda'] };
    expect((await alpha('PUT', `/api/tenders/${id}/bids/mine`, { body: confirming })).status).toBe(200);
    expect(await beta('PUT', `/api/tenders/${id}/following`, { body: { follows: true } })).toMatchObject({
      body: { following: true },
    });
    await buyer('PATCH', `/api/tenders/${id}`, { body: { paymentTerms: '14 days net.', reason: 'Asked for.' } });
    expect(await beta('GET', `/api/tenders/${id}`)).toMatchObject({
      body: {
        amendments: [
          {
            reason: 'Asked for.',
            changesWhatIsAsked: true,
            changes: [{ term: 'paymentTerms', from: '30 days net.', to: '14 days net.' }],
          },
        ],
      },
    });
    expect(await alpha('GET', `/api/tenders/${id}/bids/mine`)).toMatchObject({ body: { status: 'invalid' } });
    await eventually(async () =>
      expect((await heardOf(id)).at(-1)).toMatchObject({
        type: 'umuhuza.tenders.TenderAmended.v1',
        data: { followers: ['org-beta'] },
      }),
    );
  });
});
