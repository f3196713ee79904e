import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import type { Bus } from '@umuhuza/eventing/openBus';
import { systemClock as clock } from '@umuhuza/service/clock';
import { type Listening, listen } from '@umuhuza/service/listen';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { startIssuer } from '@umuhuza/testing/issuer';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { openMongoProfileBook } from './mongoProfileBook.ts';
import { nameProfileWhenOrganisationRegistered } from './reactions/nameProfileWhenOrganisationRegistered.ts';
import { revokeReferenceWhenAwardLapsed } from './reactions/revokeReferenceWhenAwardLapsed.ts';
import { verifyReferenceWhenLotAwarded } from './reactions/verifyReferenceWhenLotAwarded.ts';
import { verifyReferenceWhenTestReportFinished } from './reactions/verifyReferenceWhenTestReportFinished.ts';

const content = {
  summary: 'We build mobile money integrations.',
  offers: { cpv: ['72212000'], skills: ['TypeScript', 'Mobile money'] },
  needs: { cpv: [], skills: [] },
  sectors: ['Finance'],
  languages: [{ language: 'en', level: 'C1' }],
  teamSize: 12,
  workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
  certificates: [],
  references: [{ title: 'Payment gateway', year: 2025 }],
};

let backends: Leased;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let mongo: Mongo;
let bus: Bus;
let stopParts: () => Promise<void>;
let listening: Listening;

const as = async (organisation: string, country: 'DE' | 'RW' = 'RW') =>
  clientOf(`http://127.0.0.1:${listening.port}`, await issuer.tokenFor({ organisation, country }));

const register = async (organisationId: string, name: string, country: 'DE' | 'RW' = 'RW') => {
  await backends.say('identity.OrganisationRegistered', organisationId, { organisationId, name, slug: organisationId, country });
  const call = await as(organisationId, country);
  await eventually(async () => expect((await call('GET', '/api/profiles/mine')).body).toMatchObject({ name }));
  return call;
};

beforeAll(async () => {
  [backends, issuer] = await Promise.all([leaseBackends(), startIssuer()]);
  const parts = await servicePartsFor('profiles', issuer);
  mongo = await connectMongo(backends.mongoUrl, 'profiles', backends.databaseOf('profiles'));
  bus = await connectBus({ service: 'profiles', ...backends.nats, logger: parts.logger, clock });
  const profiles = await openMongoProfileBook(mongo.connection);
  const relay = bus.relay(profiles.outbox);
  const subscription = bus.subscribe(
    {
      'identity.OrganisationRegistered': nameProfileWhenOrganisationRegistered({ profiles }),
      'tenders.LotAwarded': verifyReferenceWhenLotAwarded({ profiles }),
      'tenders.AwardLapsed': revokeReferenceWhenAwardLapsed({ profiles }),
      'sandbox.TestReportFinished': verifyReferenceWhenTestReportFinished({ profiles }),
    },
    openDeadLetters(mongo.connection),
  );
  listening = await listen(createApp({ profiles, clock, ...parts }), { host: '127.0.0.1', port: 0 });
  stopParts = async () => {
    await listening.stop();
    await subscription.stop();
    await relay.stop();
    await bus.stop();
    await mongo.stop();
  };
});

afterAll(async () => {
  await stopParts();
  await Promise.all([backends.end(), issuer.stop()]);
});

describe('a company’s profile', () => {
  it('is written, published and seen by another company, and the others are told', async () => {
    const mine = await register('org-writes', 'Demonstration Writes Ltd');
    expect(await mine('PUT', '/api/profiles/mine', { body: content })).toMatchObject({
      status: 200,
      body: { status: 'draft', content },
    });
    expect(await mine('POST', '/api/profiles/mine/publish')).toMatchObject({ status: 200, body: { status: 'published' } });

    const other = await as('org-other', 'DE');
    expect(await other('GET', '/api/profiles/org-writes')).toMatchObject({
      status: 200,
      body: { name: 'Demonstration Writes Ltd', country: 'RW', references: [{ status: 'claimed', title: 'Payment gateway' }] },
    });
    await eventually(async () => {
      const [told] = (await backends.heardFrom('profiles')).filter(({ subject }) => subject === 'org-writes');
      expect(told).toMatchObject({
        type: 'umuhuza.profiles.ProfilePublished.v1',
        sequence: 1,
        data: { profile: { organisationId: 'org-writes' } },
      });
    });
  });

  it('is nobody else’s business while it is a draft or withdrawn', async () => {
    const mine = await register('org-hides', 'Demonstration Hides Ltd');
    await mine('PUT', '/api/profiles/mine', { body: content });
    const other = await as('org-other', 'DE');
    expect(await other('GET', '/api/profiles/org-hides')).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-profile' },
    });
    await mine('POST', '/api/profiles/mine/publish');
    expect((await other('GET', '/api/profiles/org-hides')).status).toBe(200);
    await mine('POST', '/api/profiles/mine/withdraw');
    expect((await other('GET', '/api/profiles/org-hides')).status).toBe(404);
  });

  it('gives its name to whoever asks for many, while it can be seen', async () => {
    const names = { 'org-named': 'Demonstration Named Ltd', 'org-shy': 'Demonstration Shy Ltd' };
    for (const [id, name] of Object.entries(names)) {
      const call = await register(id, name);
      await call('PUT', '/api/profiles/mine', { body: content });
      if (id === 'org-named') await call('POST', '/api/profiles/mine/publish');
    }
    const other = await as('org-other', 'DE');
    expect(await other('GET', '/api/profiles/names?of=org-shy,org-named,org-unheard-of')).toMatchObject({
      status: 200,
      body: { items: [{ organisationId: 'org-named', name: 'Demonstration Named Ltd' }] },
    });
    const ids = (count: number) => Array.from({ length: count }, (_, n) => `org-${n}`).join(',');
    expect((await other('GET', `/api/profiles/names?of=${ids(100)}`)).body).toEqual({ items: [] });
    for (const wrong of [ids(101), '', 'a b'])
      expect((await other('GET', `/api/profiles/names?of=${encodeURIComponent(wrong)}`)).status).toBe(400);
  });

  it('gets a verified reference from a contract won here, once, however often it is told', async () => {
    const mine = await register('org-wins', 'Demonstration Wins Ltd');
    const award = {
      tenderId: 'tender-1',
      title: 'Patient portal',
      buyer: { organisationId: 'org-buyer', name: 'Demonstration Buyer GmbH', country: 'DE' as const },
      lotId: 'lot-1',
      winner: { organisationId: 'org-wins', bidId: 'bid-1' },
      value: { amount: 5_000_000, currency: 'EUR' },
      reason: 'Best score',
    };
    await backends.say('tenders.LotAwarded', 'tender-1', award, { sequence: 7 });
    await backends.say('tenders.LotAwarded', 'tender-1', award, { sequence: 7 });
    await eventually(async () =>
      expect((await mine('GET', '/api/profiles/mine')).body).toMatchObject({
        verifiedReferences: [{ title: 'Patient portal', client: 'Demonstration Buyer GmbH', status: 'verified' }],
      }),
    );
    const lapse = { ...award, how: 'declined' as const, reason: 'No team.' };
    await backends.say('tenders.AwardLapsed', 'tender-1', lapse, { sequence: 8 });
    await eventually(async () =>
      expect((await mine('GET', '/api/profiles/mine')).body).toMatchObject({ verifiedReferences: [] }),
    );
  });

  it('gets a verified reference from a test it hosted, once; the guest is named only where it may be', async () => {
    const mine = await register('org-hosts', 'Demonstration Hosts Ltd');
    const finished = (bookingId: string, mayBeNamed: boolean) => ({
      bookingId,
      slotId: 'slot-1',
      environmentId: 'env-1',
      title: `Mobile money room ${bookingId}`,
      host: 'org-hosts',
      guest: 'org-guest',
      guestName: 'Demonstration Guest GmbH',
      product: { name: 'Demonstration wallet' },
      startsAt: '2026-11-23T07:00:00.000Z',
      endsAt: '2026-11-23T10:00:00.000Z',
      mayBeNamed,
      finishedAt: '2026-12-01T09:00:00.000Z',
      digest: 'a'.repeat(64),
    });
    for (let n = 0; n < 2; n++) {
      await backends.say('sandbox.TestReportFinished', 'b-1', finished('b-1', true), { sequence: 1 });
      await backends.say('sandbox.TestReportFinished', 'b-2', finished('b-2', false), { sequence: 1 });
    }
    await eventually(async () => {
      const { verifiedReferences } = (await mine('GET', '/api/profiles/mine')).body as {
        verifiedReferences: { id: string; client?: string }[];
      };
      expect(verifiedReferences.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
        { id: 'test-b-1', title: 'Mobile money room b-1', client: 'Demonstration Guest GmbH', year: 2026, status: 'verified' },
        { id: 'test-b-2', title: 'Mobile money room b-2', year: 2026, status: 'verified' },
      ]);
    });
  });

  it('can be found by a part of its name, whatever its letters, and taken literally', async () => {
    for (const [n, name] of ['Ubumwe (A+B) Demonstration Ltd', 'Ubumwe AAB Demonstration Ltd'].entries()) {
      const call = await register(`org-name-${n}`, name);
      await call('PUT', '/api/profiles/mine', { body: content });
      await call('POST', '/api/profiles/mine/publish');
    }
    const other = await as('org-other', 'DE');
    const namesFor = async (q: string) => {
      const { body } = await other('GET', `/api/profiles?country=RW&q=${encodeURIComponent(q)}`);
      return (body as { items: { name: string }[] }).items.map(({ name }) => name);
    };
    expect(await namesFor('ubumwe')).toEqual(['Ubumwe (A+B) Demonstration Ltd', 'Ubumwe AAB Demonstration Ltd']);
    expect(await namesFor('(a+b)')).toEqual(['Ubumwe (A+B) Demonstration Ltd']);
    expect(await namesFor('a+b D')).toEqual([]);
  });

  it('can be found by country and skill, page by page', async () => {
    for (const n of [1, 2, 3]) {
      const call = await register(`org-page-${n}`, `Page ${n} Demonstration Ltd`);
      await call('PUT', '/api/profiles/mine', { body: { ...content, offers: { cpv: [], skills: ['Rust'] } } });
      await call('POST', '/api/profiles/mine/publish');
    }
    const other = await as('org-other', 'DE');
    const first = (await other('GET', '/api/profiles?skill=rust&country=RW&limit=2')).body as {
      items: { name: string }[];
      next: string;
    };
    expect(first.items.map(({ name }) => name)).toEqual(['Page 1 Demonstration Ltd', 'Page 2 Demonstration Ltd']);
    const second = await other('GET', `/api/profiles?skill=rust&country=RW&limit=2&cursor=${first.next}`);
    expect(second.body).toMatchObject({ items: [{ name: 'Page 3 Demonstration Ltd' }], next: null });
  });

  it('can be found by a CPV code, whether it names this one, one below it, or one that takes it in', async () => {
    for (const [n, cpv] of [['66100000'], ['66110000'], ['66113000', '66120000'], ['66000000'], ['67110000']].entries()) {
      const call = await register(`org-cpv-${n}`, `Code ${n} Demonstration Ltd`);
      await call('PUT', '/api/profiles/mine', { body: { ...content, offers: { cpv, skills: [] } } });
      await call('POST', '/api/profiles/mine/publish');
    }
    const other = await as('org-other', 'DE');
    const found = async (query: string) => {
      const { body } = await other('GET', `/api/profiles?cpv=${query}`);
      return (body as { items: { name: string }[] }).items.map(({ name }) => /Code (.)/.exec(name)?.[1]).join('');
    };
    expect(await found('66110000')).toBe('0123');
    expect(await found('66113000')).toBe('0123');
    expect(await found('66120000')).toBe('023');
    expect(await found('66000000')).toBe('0123');
    expect(await found('67000000')).toBe('4');
    expect(await found('66113000&limit=2')).toBe('01');
    expect(await found('66110000&country=DE')).toBe('');
  });
});

describe('a refused request names what is wrong', () => {
  it('when the body is no JSON, has unknown fields or wrong types, is too large or no JSON at all', async () => {
    const call = await as('org-bad');
    const put = (options: Parameters<typeof call>[2]) => call('PUT', '/api/profiles/mine', options);
    expect(await put({ raw: '{"summary":' })).toMatchObject({ status: 400, body: { type: '/problems/broken-json' } });
    expect(await put({ body: { ...content, rank: 1 } })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', issues: [{ path: 'body' }] },
    });
    expect(await put({ body: { ...content, teamSize: 'twelve' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.teamSize' }] },
    });
    expect(await put({ raw: JSON.stringify({ summary: 'x'.repeat(300_000) }) })).toMatchObject({
      status: 413,
      body: { type: '/problems/body-too-large' },
    });
    expect(await put({ raw: 'summary: x', headers: { 'content-type': 'text/yaml' } })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
  });

  it('when nobody is signed in, or for no organisation', async () => {
    const nobody = clientOf(`http://127.0.0.1:${listening.port}`);
    expect(await nobody('GET', '/api/profiles')).toMatchObject({ status: 401, body: { type: '/problems/not-signed-in' } });
    const alone = clientOf(`http://127.0.0.1:${listening.port}`, await issuer.tokenFor({ user: 'alone' }));
    expect(await alone('GET', '/api/profiles')).toMatchObject({ status: 403, body: { type: '/problems/no-organisation' } });
    const late = clientOf(`http://127.0.0.1:${listening.port}`, await issuer.tokenFor({ organisation: 'org-late', lasts: -60 }));
    expect((await late('GET', '/api/profiles')).status).toBe(401);
    const stranger = clientOf(
      `http://127.0.0.1:${listening.port}`,
      await issuer.tokenFor({ organisation: 'org-x', audience: 'another' }),
    );
    expect((await stranger('GET', '/api/profiles')).status).toBe(401);
  });

  it('when the address or the page mark is unknown', async () => {
    const call = await as('org-lost');
    const unknown = await call('GET', '/api/profiles/mine/unknown');
    expect(unknown).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
    expect(await call('GET', '/api/profiles?cursor=made-up')).toMatchObject({
      status: 400,
      body: { type: '/problems/unknown-cursor' },
    });
  });

  it('when an edit was made on an older view', async () => {
    const call = await register('org-edits', 'Demonstration Edits Ltd');
    const read = await call('GET', '/api/profiles/mine');
    const etag = read.headers.get('etag') ?? '';
    expect((await call('PUT', '/api/profiles/mine', { body: content, headers: { 'if-match': etag } })).status).toBe(200);
    expect(await call('PUT', '/api/profiles/mine', { body: content, headers: { 'if-match': etag } })).toMatchObject({
      status: 412,
      body: { type: '/problems/stale-version' },
    });
  });

  it('when publishing comes too early or with a key that meant something else', async () => {
    const call = await register('org-early', 'Demonstration Early Ltd');
    expect(await call('POST', '/api/profiles/mine/publish')).toMatchObject({
      status: 409,
      body: { type: '/problems/profile-incomplete' },
    });
    await call('PUT', '/api/profiles/mine', { body: content });
    const key = { 'idempotency-key': 'publish-1' };
    const first = await call('POST', '/api/profiles/mine/publish', { headers: key });
    expect(first.status).toBe(200);
    await call('PUT', '/api/profiles/mine', { body: { ...content, teamSize: 13 } });
    expect(await call('POST', '/api/profiles/mine/publish', { headers: key })).toMatchObject({ status: 200, body: first.body });
    expect(await call('POST', '/api/profiles/mine/withdraw', { headers: key })).toMatchObject({
      status: 422,
      body: { type: '/problems/key-used-for-another-request' },
    });
  });
});
