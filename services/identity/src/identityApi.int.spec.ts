import { connectBus } from '@umuhuza/eventing/bus';
import type { Bus } from '@umuhuza/eventing/openBus';
import { systemClock as clock } from '@umuhuza/service/clock';
import { type Listening, listen } from '@umuhuza/service/listen';
import { createLogger } from '@umuhuza/service/logger';
import { createMetrics } from '@umuhuza/service/metrics';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { tokenVerifier, type VerifyToken } from '@umuhuza/service/tokens';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { type CallOptions, clientOf, type Reply } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { base64url, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { openIdentity } from './openIdentity.ts';

const publicUrl = 'http://localhost:8080';
const code = 'demonstration-code-of-the-link';
const password = 'a long enough password';
const config = {
  PUBLIC_URL: publicUrl,
  TOKEN_AUDIENCE: 'umuhuza',
  AUTH_SECRET: 'q9Zk3vT7xLw2Rb8sYd5Nf1Hc6Mj4Pg0A',
  AUTH_ATTEMPTS: 10_000,
  PROGRAMME_OFFICE_CODE: code,
};
const logger = createLogger('identity', process.env.LOG_LEVEL ?? 'silent');
const keys = { load: async () => undefined, save: async () => undefined };

let backends: Leased;
let mongo: Mongo;
let bus: Bus;
let stopRelay: () => Promise<void>;
let identity: Awaited<ReturnType<typeof openIdentity>>;
let main: Listening;
let verify: VerifyToken;

const addressOf = ({ port }: Listening): string => `http://127.0.0.1:${port}`;

const serve = async (changed: Partial<typeof config> = {}): Promise<Listening> => {
  const parts = await openIdentity({ config: { ...config, ...changed }, connection: mongo.connection, clock, logger });
  identity ??= parts;
  return listen(
    createApp({
      ...parts,
      publicUrl: changed.PUBLIC_URL ?? publicUrl,
      verifyToken: (token) => verify(token),
      missing: () => [],
      metrics: createMetrics('identity'),
      logger,
      validateResponses: true,
    }),
    { host: '127.0.0.1', port: 0 },
  );
};

/** Somebody's browser: keeps cookies and says which site it is on. */
const browser = (on: Listening = main, origin = publicUrl) => {
  const call = clientOf(addressOf(on));
  let cookie: string | undefined;
  return async (method: 'GET' | 'POST', path: string, options: CallOptions = {}): Promise<Reply> => {
    const reply = await call(method, path, {
      ...options,
      headers: { origin, ...(cookie ? { cookie } : {}), ...options.headers },
    });
    const set = reply.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
    if (set.length > 0) cookie = set.filter((pair) => !pair.endsWith('=')).join('; ') || undefined;
    return reply;
  };
};

let people = 0;
const signUp = async (more: Record<string, unknown> = {}) => {
  const call = browser();
  people += 1;
  const email = `person-${people}@demonstration.example`;
  const reply = await call('POST', '/api/auth/sign-up/email', {
    body: { name: `Demonstration Person ${people}`, email, password, ...more },
  });
  expect(reply).toMatchObject({ status: 200, body: { user: { email } } });
  return { call, email, id: (reply.body as { user: { id: string } }).user.id };
};

const register = async (call: ReturnType<typeof browser>, slug: string, country: 'DE' | 'RW'): Promise<string> => {
  const reply = await call('POST', '/api/auth/organization/create', { body: { name: `Demonstration ${slug}`, slug, country } });
  expect(reply).toMatchObject({ status: 200, body: { slug, country } });
  return (reply.body as { id: string }).id;
};

const tokenOf = async (call: ReturnType<typeof browser>): Promise<string> => {
  const reply = await call('GET', '/api/auth/token');
  expect(reply.status).toBe(200);
  return (reply.body as { token: string }).token;
};

const told = async (organisationId: string) =>
  (await backends.heardFrom('identity'))
    .filter(({ subject }) => subject === organisationId)
    .map(({ type, sequence, data }) => ({ type: type.split('.')[2], sequence, data }));

const isProblem = (reply: Reply, status: number, name: string) => {
  expect(reply).toMatchObject({ status, body: { type: `/problems/${name}`, status } });
  expect(reply.headers.get('content-type')).toMatch('application/problem+json');
  expect(reply.body).toHaveProperty('title');
  expect(reply.body).toHaveProperty('detail');
  expect(reply.headers.get('x-request-id')).toBe((reply.body as { instance: string }).instance);
};

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await connectMongo(backends.mongoUrl, 'identity', backends.databaseOf('identity'));
  bus = await connectBus({ service: 'identity', ...backends.nats, logger, clock });
  main = await serve();
  const relay = bus.relay(identity.organisations.outbox);
  stopRelay = relay.stop;
  verify = await tokenVerifier({ jwksUrl: `${addressOf(main)}/api/auth/jwks`, issuer: publicUrl, audience: 'umuhuza', keys });
});

afterAll(async () => {
  await main.stop();
  await stopRelay();
  await bus.stop();
  await mongo.stop();
  await backends.end();
});

describe('an account', () => {
  it('is made, signed out of and signed in to again', async () => {
    const { call, email } = await signUp({ language: 'de', timeZone: 'Europe/Berlin' });
    expect(await call('GET', '/api/auth/get-session')).toMatchObject({ body: { user: { email, language: 'de' } } });
    expect(await call('POST', '/api/auth/sign-out')).toMatchObject({ status: 200 });
    expect((await call('GET', '/api/auth/get-session')).body).toBeNull();
    isProblem(await call('GET', '/api/auth/token'), 401, 'not-signed-in');
    expect(await call('POST', '/api/auth/sign-in/email', { body: { email: email.toUpperCase(), password } })).toMatchObject({
      status: 200,
    });
    expect((await call('GET', '/api/auth/get-session')).body).toMatchObject({ user: { email } });
  });
  it('has a cookie that scripts cannot read and other sites cannot send along', async () => {
    const reply = await browser()('POST', '/api/auth/sign-up/email', {
      body: { name: 'Demonstration', email: 'cookie@demonstration.example', password },
    });
    const [cookie = ''] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    expect(JSON.stringify(reply.body)).not.toContain(decodeURIComponent(cookie).split('=')[1]?.split('.')[0]);
  });
  it('has a cookie that only travels encrypted when the platform is reached by https', async () => {
    const secure = await serve({ PUBLIC_URL: 'https://umuhuza.example' });
    const reply = await browser(secure, 'https://umuhuza.example')('POST', '/api/auth/sign-up/email', {
      body: { name: 'Demonstration', email: 'secure@demonstration.example', password },
    });
    expect(reply.headers.getSetCookie()[0]).toMatch(/^__Secure-.*; Secure/);
    await secure.stop();
  });
  it('is one for each e-mail address, even when eight ask for it at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, () =>
        browser()('POST', '/api/auth/sign-up/email', {
          body: { name: 'Demonstration', email: 'Same@demonstration.example', password },
        }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 200)) {
      isProblem(reply, 422, 'user-already-exists');
      expect(reply.body).toMatchObject({ code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' });
    }
    expect(await identity.accounts.users.countDocuments({ email: 'same@demonstration.example' })).toBe(1);
  });
  it('can be made after an earlier try broke off before it had a password', async () => {
    const half = { name: 'Half', email: 'half@demonstration.example', language: 'en' as const, programmeStaff: false };
    const sign = () => browser()('POST', '/api/auth/sign-up/email', { body: { name: 'Whole', email: half.email, password } });
    await identity.accounts.users.insertOne({ _id: 'half', ...half, createdAt: new Date() });
    isProblem(await sign(), 422, 'user-already-exists');
    await identity.accounts.users.updateOne({ _id: 'half' }, { $set: { createdAt: new Date(Date.now() - 3_600_000) } });
    expect(await sign()).toMatchObject({ status: 200, body: { user: { name: 'Whole' } } });
  });
  it('does not tell whether the address or the password is wrong', async () => {
    const { email } = await signUp();
    const wrongPassword = await browser()('POST', '/api/auth/sign-in/email', { body: { email, password: 'another password' } });
    const nobody = await browser()('POST', '/api/auth/sign-in/email', {
      body: { email: 'nobody@demonstration.example', password },
    });
    for (const reply of [wrongPassword, nobody]) isProblem(reply, 401, 'invalid-email-or-password');
  });
  it('gets another password, and the old one no longer works', async () => {
    const { call, email } = await signUp();
    const body = { currentPassword: password, newPassword: 'another long password', revokeOtherSessions: true };
    expect(await call('POST', '/api/auth/change-password', { body })).toMatchObject({ status: 200 });
    isProblem(await call('POST', '/api/auth/sign-in/email', { body: { email, password } }), 401, 'invalid-email-or-password');
  });
  it.each([
    ['a short password', { password: 'too short' }],
    ['no e-mail address', { email: 'nobody' }],
    ['the office’s rights', { programmeStaff: true }],
    ['an unknown language', { language: 'xx' }],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }],
  ])('is refused with %s', async (_what, wrong) => {
    const body = { name: 'Demonstration', email: 'refused@demonstration.example', password, ...wrong };
    const reply = await browser()('POST', '/api/auth/sign-up/email', { body });
    isProblem(reply, 400, 'invalid-request');
    expect(reply.body).toHaveProperty('issues.0.path');
  });
});

describe('an organisation', () => {
  it.each(['DE', 'RW'] as const)('is registered in %s, and the others are told with its members', async (country) => {
    const { call, email, id: userId } = await signUp();
    const organisationId = await register(call, `told-${country.toLowerCase()}`, country);
    const { name, slug } = { name: `Demonstration told-${country.toLowerCase()}`, slug: `told-${country.toLowerCase()}` };
    const timeZone = country === 'DE' ? 'Europe/Berlin' : 'Africa/Kigali';
    await eventually(async () =>
      expect(await told(organisationId)).toEqual([
        { type: 'OrganisationRegistered', sequence: 1, data: { organisationId, name, slug, country } },
        {
          type: 'MembersChanged',
          sequence: 2,
          data: {
            organisationId,
            name,
            country,
            members: [{ userId, name: expect.any(String), email, role: 'owner', language: 'en', timeZone }],
          },
        },
      ]),
    );
  });
  it.each([{ country: 'FR' }, { country: undefined }, { slug: 'Not A Slug' }, { name: '' }, { logo: 'x' }])(
    'is refused with %o',
    async (wrong) => {
      const body = { name: 'Demonstration', slug: 'refused', country: 'DE', ...wrong };
      isProblem(await browser()('POST', '/api/auth/organization/create', { body }), 400, 'invalid-request');
    },
  );
  it('is one for each slug, even when eight ask for it at once', async () => {
    const founders = await Promise.all(Array.from({ length: 8 }, () => signUp()));
    const replies = await Promise.all(
      founders.map(({ call }) =>
        call('POST', '/api/auth/organization/create', { body: { name: 'Same', slug: 'same', country: 'DE' } }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 200)) isProblem(reply, 400, 'organization-already-exists');
    expect(await identity.accounts.organizations.countDocuments({ slug: 'same' })).toBe(1);
  });
  it('can be registered after an earlier try broke off before it had an owner', async () => {
    const { call } = await signUp();
    const half = { _id: 'half', name: 'Half', slug: 'half', country: 'DE' as const, createdAt: new Date() };
    const create = () => call('POST', '/api/auth/organization/create', { body: { name: 'Whole', slug: 'half', country: 'RW' } });
    await identity.accounts.organizations.insertOne(half);
    isProblem(await create(), 400, 'organization-already-exists');
    await identity.accounts.organizations.updateOne({ _id: 'half' }, { $set: { createdAt: new Date(Date.now() - 3_600_000) } });
    expect(await create()).toMatchObject({ status: 200, body: { name: 'Whole', country: 'RW' } });
  });
  it('gains a member by invitation, changes roles, and loses the member, and each is told', async () => {
    const owner = await signUp();
    const colleague = await signUp();
    const stranger = await signUp();
    const organisationId = await register(owner.call, 'grows', 'RW');
    const invited = await owner.call('POST', '/api/auth/organization/invite-member', {
      body: { email: colleague.email, role: 'member' },
    });
    const body = { invitationId: (invited.body as { id: string }).id };
    isProblem(
      await stranger.call('POST', '/api/auth/organization/accept-invitation', { body }),
      403,
      'you-are-not-the-recipient-of-the-invitation',
    );
    const joined = await colleague.call('POST', '/api/auth/organization/accept-invitation', { body });
    expect(joined).toMatchObject({ status: 200, body: { member: { role: 'member' } } });
    const memberId = (joined.body as { member: { id: string } }).member.id;
    expect(await verify(await tokenOf(colleague.call))).toMatchObject({ organisation: organisationId, role: 'member' });

    const raised = await owner.call('POST', '/api/auth/organization/update-member-role', { body: { memberId, role: 'admin' } });
    expect(raised).toMatchObject({ status: 200, body: { role: 'admin' } });
    expect(await verify(await tokenOf(colleague.call))).toMatchObject({ organisation: organisationId, role: 'admin' });
    expect(
      await colleague.call('POST', '/api/auth/organization/leave', { body: { organizationId: organisationId } }),
    ).toMatchObject({
      status: 200,
    });
    expect(await verify(await tokenOf(colleague.call))).not.toHaveProperty('organisation');

    await eventually(async () => {
      const members = (await told(organisationId))
        .filter(({ type }) => type === 'MembersChanged')
        .map(({ data }) => data.members);
      expect(members).toMatchObject([
        [{ role: 'owner' }],
        expect.arrayContaining([expect.objectContaining({ userId: colleague.id, role: 'member' })]),
        expect.arrayContaining([expect.objectContaining({ userId: colleague.id, role: 'admin' })]),
        [{ role: 'owner' }],
      ]);
    });
  });
  it('keeps its only owner', async () => {
    const { call } = await signUp();
    const organizationId = await register(call, 'keeps-owner', 'DE');
    isProblem(
      await call('POST', '/api/auth/organization/leave', { body: { organizationId } }),
      400,
      'you-cannot-leave-the-organization-as-the-only-owner',
    );
  });
  it('is told again when it or a member gets another name, language or time zone', async () => {
    const { call } = await signUp();
    const organisationId = await register(call, 'renamed', 'DE');
    await call('POST', '/api/auth/organization/update', { body: { data: { name: 'Renamed GmbH' } } });
    await call('POST', '/api/auth/update-user', { body: { language: 'de', timeZone: 'Europe/Vienna' } });
    await eventually(async () =>
      expect((await told(organisationId)).at(-1)).toMatchObject({
        sequence: 4,
        data: { name: 'Renamed GmbH', members: [{ language: 'de', timeZone: 'Europe/Vienna' }] },
      }),
    );
  });
  it('keeps its country and slug', async () => {
    const { call } = await signUp();
    await register(call, 'keeps-country', 'DE');
    const body = { data: { country: 'RW', slug: 'other' } };
    isProblem(await call('POST', '/api/auth/organization/update', { body }), 400, 'invalid-request');
  });
});

describe('a token', () => {
  it('is accepted by the verifier of the other services and says who acts for whom', async () => {
    const { call, id } = await signUp();
    const alone = await verify(await tokenOf(call));
    expect(alone).toMatchObject({ user: id, programmeStaff: false });
    expect(alone).not.toHaveProperty('organisation');
    const organisation = await register(call, 'token-firm', 'RW');
    const token = await tokenOf(call);
    expect(await verify(token)).toMatchObject({ user: id, programmeStaff: false, organisation, country: 'RW', role: 'owner' });
  });
  it('changes with the active organisation', async () => {
    const { call } = await signUp();
    const first = await register(call, 'switch-first', 'DE');
    const second = await register(call, 'switch-second', 'RW');
    expect(await verify(await tokenOf(call))).toMatchObject({ organisation: second, country: 'RW' });
    await call('POST', '/api/auth/organization/set-active', { body: { organizationId: first } });
    expect(await verify(await tokenOf(call))).toMatchObject({ organisation: first, country: 'DE' });
    await call('POST', '/api/auth/organization/set-active', { body: { organizationId: null } });
    expect(await verify(await tokenOf(call))).not.toHaveProperty('organisation');
  });
  it('acts for the only organisation of a person who has just signed in and chosen none', async () => {
    const { call, email } = await signUp();
    const organisation = await register(call, 'only-one', 'DE');
    const again = browser();
    await again('POST', '/api/auth/sign-in/email', { body: { email, password } });
    expect(await verify(await tokenOf(again))).toMatchObject({ organisation, role: 'owner' });
  });
  it('cannot be had for an organisation of others', async () => {
    const { call } = await signUp();
    const theirs = await register((await signUp()).call, 'theirs', 'DE');
    isProblem(
      await call('POST', '/api/auth/organization/set-active', { body: { organizationId: theirs } }),
      403,
      'user-is-not-a-member-of-the-organization',
    );
    expect(await verify(await tokenOf(call))).not.toHaveProperty('organisation');
  });
  it('is refused with another audience, another issuer, no signature, a foreign signature, or after its time', async () => {
    const { call, id } = await signUp();
    const token = await tokenOf(call);
    const options = { jwksUrl: `${addressOf(main)}/api/auth/jwks`, issuer: publicUrl, audience: 'umuhuza', keys };
    const otherAudience = await tokenVerifier({ ...options, audience: 'other' });
    const otherIssuer = await tokenVerifier({ ...options, issuer: 'https://other.example' });
    expect(await otherAudience(token)).toBeUndefined();
    expect(await otherIssuer(token)).toBeUndefined();

    const [header = '', payload = ''] = token.split('.');
    const none = base64url.encode(JSON.stringify({ alg: 'none' }));
    expect(await verify(`${none}.${payload}.`)).toBeUndefined();
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const symmetric = await new SignJWT({ sub: id, programmeStaff: true })
      .setProtectedHeader({ alg: 'HS256', kid })
      .setIssuer(publicUrl)
      .setAudience('umuhuza')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(config.AUTH_SECRET));
    expect(await verify(symmetric)).toBeUndefined();
    const past = Math.floor(Date.now() / 1_000) - 60;
    const { token: expired } = await identity.auth.api.signJWT({ body: { payload: { sub: id, iat: past - 900, exp: past } } });
    expect(await verify(expired)).toBeUndefined();
  });
  it('lasts fifteen minutes and carries nothing about the person but the id', async () => {
    const { call, id } = await signUp();
    const payload = JSON.parse(Buffer.from((await tokenOf(call)).split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(payload).toEqual({
      sub: id,
      programmeStaff: false,
      iss: publicUrl,
      aud: 'umuhuza',
      iat: expect.any(Number),
      exp: payload.iat + 900,
    });
  });
  it('is signed with a key that is encrypted where it is stored', async () => {
    const [key] = await mongo.connection.collection<{ privateKey: string }>('jwks').find().toArray();
    expect(key?.privateKey).toMatch(/^"/);
    expect(key?.privateKey).not.toContain('"d"');
    expect((await browser()('GET', '/api/auth/jwks')).body).toEqual({
      keys: [{ kid: expect.any(String), kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', x: expect.any(String) }],
    });
  });
  it('opens what the person is and belongs to', async () => {
    const { call, id, email } = await signUp();
    const organisationId = await register(call, 'my-firm', 'RW');
    const reply = await clientOf(addressOf(main), await tokenOf(call))('GET', '/api/identity/me');
    expect(reply).toMatchObject({
      status: 200,
      body: {
        userId: id,
        email,
        timeZone: 'Africa/Kigali',
        active: organisationId,
        organisations: [{ organisationId, slug: 'my-firm', country: 'RW', role: 'owner' }],
      },
    });
    isProblem(await clientOf(addressOf(main))('GET', '/api/identity/me'), 401, 'not-signed-in');
  });
});

describe('the programme office', () => {
  const ask = (n: number, more: Record<string, unknown> = {}) =>
    browser()('POST', '/api/identity/programme-office', {
      body: { code, name: 'Demonstration Office', email: `office-${n}@demonstration.example`, password, ...more },
    });

  it('gets its account once, however many use the link at the same time', async () => {
    expect((await browser()('GET', '/api/identity/programme-office')).body).toEqual({ open: true });
    isProblem(await ask(0, { code: 'another code altogether' }), 403, 'wrong-code');
    const taken = await signUp();
    isProblem(await ask(0, { email: taken.email }), 409, 'email-taken');

    const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) isProblem(reply, 409, 'programme-office-closed');
    expect((await browser()('GET', '/api/identity/programme-office')).body).toEqual({ open: false });
    expect(await identity.accounts.users.countDocuments({ programmeStaff: true })).toBe(1);

    const call = browser();
    const email = `office-${replies.findIndex(({ status }) => status === 201)}@demonstration.example`;
    await call('POST', '/api/auth/sign-in/email', { body: { email, password } });
    expect(await verify(await tokenOf(call))).toMatchObject({ user: 'programme-office', programmeStaff: true });
  });
});

describe('the secret', () => {
  it('must be the one that the stored keys were encrypted with, and the start says so', async () => {
    await expect(serve({ AUTH_SECRET: 'another-secret-Zk3vT7xLw2Rb8sYd5Nf1' })).rejects.toThrow(/^AUTH_SECRET is not the one/);
  });
});

describe('a request that goes wrong', () => {
  it.each([
    ['GET', '/api/auth/ok'],
    ['GET', '/api/auth/error'],
    ['GET', '/api/auth/reference'],
    ['POST', '/api/auth/sign-in/social'],
    ['POST', '/api/auth/delete-user'],
    ['POST', '/api/auth/organization/delete'],
    ['GET', '/api/auth/sign-up/email'],
    ['GET', '/api/auth/organization/list-user-invitations'],
  ] as const)('%s %s is not served', async (method, path) => isProblem(await browser()(method, path), 404, 'not-found'));
  it('is a problem with broken JSON, another media type or too long a body', async () => {
    const call = browser();
    const path = '/api/auth/sign-in/email';
    isProblem(await call('POST', path, { raw: '{"email":' }), 400, 'broken-json');
    isProblem(
      await call('POST', path, { raw: 'email=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'unsupported-media-type',
    );
    isProblem(await call('POST', path, { body: { email: 'x'.repeat(20_000) } }), 413, 'body-too-large');
  });
  it('is a problem when another site or nobody says to have sent it with a session', async () => {
    const { call } = await signUp();
    const body = { name: 'Demonstration', slug: 'forged', country: 'DE' };
    const forged = await call('POST', '/api/auth/organization/create', { body, headers: { origin: 'https://other.example' } });
    isProblem(forged, 403, 'invalid-origin');
    const silent = await call('POST', '/api/auth/organization/create', { body, headers: { origin: 'null' } });
    isProblem(silent, 403, 'missing-or-null-origin');
  });
  it('is held back after too many attempts from one address, whatever the client claims to be', async () => {
    const strict = await serve({ AUTH_ATTEMPTS: 3 });
    const from = (...hops: string[]) =>
      browser(strict)('POST', '/api/auth/sign-in/email', {
        body: { email: 'nobody@demonstration.example', password },
        headers: { 'x-forwarded-for': hops.join(', '), 'x-client-address': '198.51.100.99' },
      });
    for (let n = 0; n < 3; n++) isProblem(await from(`198.51.100.${n}`, '203.0.113.7'), 401, 'invalid-email-or-password');
    const held = await from('198.51.100.77', '203.0.113.7');
    isProblem(held, 429, 'too-many-requests');
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    isProblem(await from('203.0.113.8'), 401, 'invalid-email-or-password');
    await strict.stop();
  });
});
