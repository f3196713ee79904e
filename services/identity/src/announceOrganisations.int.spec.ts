import { connectBus } from '@umuhuza/eventing/bus';
import type { Bus } from '@umuhuza/eventing/openBus';
import { systemClock as clock } from '@umuhuza/service/clock';
import { every } from '@umuhuza/service/every';
import { createLogger } from '@umuhuza/service/logger';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChangeMarks } from './changeMarks.ts';
import { openIdentity } from './openIdentity.ts';

const logger = createLogger('identity', process.env.LOG_LEVEL ?? 'silent');
const config = {
  PUBLIC_URL: 'http://localhost:8080',
  TOKEN_AUDIENCE: 'umuhuza',
  AUTH_SECRET: 'q9Zk3vT7xLw2Rb8sYd5Nf1Hc6Mj4Pg0A',
  AUTH_ATTEMPTS: 60,
};

let backends: Leased;
let mongo: Mongo;
let bus: Bus;
let identity: Awaited<ReturnType<typeof openIdentity>>;
let stopParts: () => Promise<void>;

/** What better-auth writes when an organisation is created, without anything that it calls before or after. */
const write = async (id: string) => {
  const { users, organizations, members } = identity.accounts;
  const person = { name: 'Demonstration Owner', language: 'en' as const, programmeStaff: false, createdAt: new Date() };
  await users.insertOne({ _id: `owner-${id}`, email: `${id}@demonstration.example`, ...person });
  await organizations.insertOne({ _id: id, name: `Demonstration ${id}`, slug: id, country: 'RW', createdAt: new Date() });
  await members.insertOne({ _id: `member-${id}`, organizationId: id, userId: `owner-${id}`, role: 'owner' });
};

const told = async (organisationId: string) =>
  (await backends.heardFrom('identity'))
    .filter(({ subject }) => subject === organisationId)
    .map(({ type }) => type.split('.')[2]);

beforeAll(async () => {
  backends = await leaseBackends();
  mongo = await connectMongo(backends.mongoUrl, 'identity', backends.databaseOf('identity'));
  bus = await connectBus({ service: 'identity', ...backends.nats, logger, clock });
  identity = await openIdentity({ config, connection: mongo.connection, clock, logger });
  await write('before-the-start');
  const relay = bus.relay(identity.organisations.outbox);
  const sweep = every(100, 'announcing organisations', identity.announcer.sweep, logger);
  stopParts = async () => {
    await sweep.stop();
    await relay.stop();
    await bus.stop();
    await mongo.stop();
  };
});

afterAll(async () => {
  await stopParts();
  await backends.end();
});

describe('what a crash left untold', () => {
  it('is told after the next start, even without any note of it', () =>
    eventually(async () => expect(await told('before-the-start')).toEqual(['OrganisationRegistered', 'MembersChanged'])));
  it('is told by the sweep when the process ended between the registration and its announcement', async () => {
    await identity.announcer.expectChange('cut-off');
    await write('cut-off');
    await eventually(async () => expect(await told('cut-off')).toEqual(['OrganisationRegistered', 'MembersChanged']));
  });
  it('is told when a member was removed and nobody said so', async () => {
    await write('loses-one');
    await identity.announcer.announce('loses-one');
    await identity.announcer.expectChange('loses-one');
    await identity.accounts.members.deleteOne({ _id: 'member-loses-one' });
    await eventually(async () => expect(await told('loses-one')).toHaveLength(3));
    expect(await identity.organisations.find('loses-one')).toMatchObject({ members: [] });
  });
  it('is told once, however many tell it at the same time', async () => {
    await write('many-tell');
    await Promise.all(Array.from({ length: 10 }, () => identity.announcer.announce('many-tell')));
    await eventually(async () => expect(await told('many-tell')).toHaveLength(2));
    await identity.announcer.sweep();
    expect(await told('many-tell')).toHaveLength(2);
  });
});

describe('a note of a coming change', () => {
  it('stays until no request can still be making the change, and goes then', async () => {
    const marks = await openChangeMarks(mongo.connection);
    const settledAt = new Date(Date.now() + 60_000);
    const mark = { _id: 'noted', lookAt: new Date(0), settledAt };
    const stored = mongo.connection.collection<typeof mark>('changeMarks');
    await stored.insertOne(mark);
    await marks.looked(mark, new Date());
    expect(await stored.findOne({ _id: 'noted' })).toMatchObject({ lookAt: settledAt });
    await marks.looked(mark, settledAt);
    expect(await stored.findOne({ _id: 'noted' })).toBeNull();
  });
  it('is not taken away by a look that was made for an older one', async () => {
    const marks = await openChangeMarks(mongo.connection);
    await marks.mark('noted-again');
    const old = { _id: 'noted-again', lookAt: new Date(0), settledAt: new Date(0) };
    await marks.looked(old, new Date());
    expect(await mongo.connection.collection<{ _id: string }>('changeMarks').findOne({ _id: 'noted-again' })).not.toBeNull();
  });
});
