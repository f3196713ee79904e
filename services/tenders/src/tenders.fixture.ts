import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { openGridFsFileStore } from '@umuhuza/documents/gridFsFileStore';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { every } from '@umuhuza/service/every';
import { listen } from '@umuhuza/service/listen';
import { connectMongo } from '@umuhuza/service/mongo';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import { leaseBackends } from '@umuhuza/testing/backends';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { startIssuer } from '@umuhuza/testing/issuer';
import { ringOf } from '@umuhuza/testing/keyRing';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import mongoose from 'mongoose';
import pino from 'pino';
import { expect } from 'vitest';
import { createApp } from './app.ts';
import { openMongoBidDocuments } from './mongoBidDocuments.ts';
import { openMongoBidDrafts } from './mongoBidDrafts.ts';
import { openMongoBidStore } from './mongoBidStore.ts';
import { openMongoOrganisations } from './mongoOrganisations.ts';
import { openMongoTenderBook } from './mongoTenderBook.ts';
import { openMongoTenderFiles } from './mongoTenderFiles.ts';
import { openCpvVocabulary } from './openCpvVocabulary.ts';
import { admitMatchedFirms } from './reactions/admitMatchedFirms.ts';
import { closeBiddingWhenDue } from './reactions/closeBiddingWhenDue.ts';
import { deleteLeftoverBids } from './reactions/deleteLeftoverBids.ts';
import { learnMembersWhenTheyChange, learnNameWhenRegistered } from './reactions/learnOrganisations.ts';
import { openBidsWhenDue } from './reactions/openBidsWhenDue.ts';
import { remindBuyersWhenDue } from './reactions/remindBuyersWhenDue.ts';
import { openMongoReceiptSigner } from './receipts/mongoReceiptSigner.ts';
import { bidOwners } from './sealing/bidOwners.ts';
import { openMongoAskers } from './sealing/mongoAskers.ts';
import { openMongoTenderKeys } from './sealing/mongoTenderKeys.ts';

const organisations = [
  ['org-buyer', 'Demonstration Buyer GmbH', 'DE'],
  ['org-alpha', 'Demonstration Alpha Ltd', 'RW'],
  ['org-beta', 'Demonstration Beta Ltd', 'RW'],
  ['org-gamma', 'Demonstration Gamma Ltd', 'RW'],
  ['org-berlin', 'Demonstration Berlin GmbH', 'DE'],
] as const;

export const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];

/** A price nobody could guess: where it shows up, it has leaked. */
export const secretAmount = 77_123_457;
export const bid = (build: number, run?: number) => ({
  prices: [
    { lotId: 'build', price: { amount: build, currency: 'EUR' } },
    ...(run === undefined ? [] : [{ lotId: 'run', price: { amount: run, currency: 'EUR' } }]),
  ],
  answers: [{ criterionId: 'approach', answer: 'planted-secret-answer' }],
});
export const refused = (status: number, name: string) => ({ status, body: { type: `/problems/${name}`, status } });

/** A value with its binary parts, also as the text they may hold. */
export const written = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part instanceof mongoose.mongo.Binary ? [part.toString('utf8'), part.toString('base64')] : part,
  );

type Options = {
  /** Where the clock stands still until it is moved; without it, it goes. */
  readonly clockAt?: string;
  /** False: nothing happens by itself. */
  readonly timers?: boolean;
};

/** The whole service on real NATS and Mongo, timers running, with a clock that can be put forward. */
export const startTenders = async ({ clockAt, timers: withTimers = true }: Options = {}) => {
  const [backends, issuer] = await Promise.all([leaseBackends(), startIssuer()]);
  /** All that is logged, at every level. */
  const logged: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (text: string) => logged.push(text) });
  const parts = { ...(await servicePartsFor('tenders', issuer)), logger };
  let ahead = 0;
  let standing = clockAt;
  let onTick: () => void = () => undefined;
  const clock = () => {
    onTick();
    return (standing === undefined ? Temporal.Now.instant() : Temporal.Instant.from(standing))
      .add({ milliseconds: ahead })
      .toString({ fractionalSecondDigits: 3 });
  };
  /** Makes the clock stand at this instant; `eachTick` is done before it is read. */
  const setClock = (instant: string, eachTick: () => void = () => undefined) => {
    standing = instant;
    ahead = 0;
    onTick = eachTick;
  };
  const inDays = (days: number) =>
    Temporal.Instant.from(clock())
      .add({ hours: days * 24 })
      .toString({ fractionalSecondDigits: 3 });
  const passDays = (days: number) => {
    ahead += days * 24 * 3_600_000;
  };

  const mongo = await connectMongo(backends.mongoUrl, 'tenders', backends.databaseOf('tenders'));
  const bus = await connectBus({
    service: 'tenders',
    ...backends.nats,
    logger,
    clock,
    registry: parts.metrics.registry,
  });
  const owners = bidOwners(ringOf('post'));
  const tenders = await openMongoTenderBook(mongo.connection, owners);
  const bids = await openMongoBidStore(mongo.connection);
  const drafts = await openMongoBidDrafts(mongo.connection);
  const files = openGridFsFileStore(mongo.connection);
  const bidDocuments = await openMongoBidDocuments(mongo.connection, files);
  const tenderFiles = await openMongoTenderFiles(mongo.connection, files);
  const receipts = await openMongoReceiptSigner(mongo.connection, ringOf('test'), clock);
  /** What each key was about that the key-encryption key has unwrapped. */
  const unwrapped: string[] = [];
  const ring = ringOf('test');
  const watched: KeyRing = {
    ...ring,
    unwrap: (key, about) => {
      unwrapped.push(about.join(' '));
      return ring.unwrap(key, about);
    },
  };
  const keys = await openMongoTenderKeys(mongo.connection, watched);
  const askers = await openMongoAskers(mongo.connection, watched);
  const names = await openMongoOrganisations(mongo.connection);
  const relay = bus.relay(tenders.outbox);
  const subscription = bus.subscribe(
    {
      'identity.OrganisationRegistered': learnNameWhenRegistered({ organisations: names }),
      'identity.MembersChanged': learnMembersWhenTheyChange({ organisations: names }),
      'matching.FirmsMatched': admitMatchedFirms({ tenders }),
    },
    openDeadLetters(mongo.connection),
  );
  const timers = !withTimers
    ? []
    : [
        every(50, 'closing the bidding', closeBiddingWhenDue({ tenders, clock }), logger),
        every(50, 'opening bids', openBidsWhenDue({ tenders, bids, keys, organisations: names, clock }), logger),
        every(50, 'reminding buyers', remindBuyersWhenDue({ tenders, clock }), logger),
        every(
          50,
          'deleting bids nobody may read',
          deleteLeftoverBids({ tenders, bids, keys, drafts, bidDocuments, clock }),
          logger,
        ),
      ];
  const given = {
    tenders,
    bids,
    keys,
    askers,
    owners,
    drafts,
    bidDocuments,
    tenderFiles,
    receipts,
    organisations: names,
    cpv: await openCpvVocabulary(),
    clock,
    publicUrl: 'https://umuhuza.example',
    ...parts,
  };
  const listening = [await listen(createApp(given), { host: '127.0.0.1', port: 0 })];
  const urlOf = (server?: (typeof listening)[number]) => `http://127.0.0.1:${server?.port}`;
  const url = urlOf(listening[0]);
  /** A client of another replica, in which some parts behave otherwise: as one whose line or disk is slow. */
  const onReplica = async (organisation: string, changed: (deps: typeof given) => Partial<typeof given>): Promise<Client> => {
    const replica = await listen(createApp({ ...given, ...changed(given) }), { host: '127.0.0.1', port: 0 });
    listening.push(replica);
    return clientOf(urlOf(replica), await issuer.tokenFor({ organisation, country: 'RW', user: 'user' }));
  };

  const as = async (organisation: string, country: 'DE' | 'RW' = 'RW', user = 'user'): Promise<Client> =>
    clientOf(url, await issuer.tokenFor({ organisation, country, user }));
  const register = async (organisationId: string, name: string, country: 'DE' | 'RW') => {
    await backends.say('identity.OrganisationRegistered', organisationId, {
      organisationId,
      name,
      slug: organisationId,
      country,
    });
    await eventually(async () => expect(await names.nameOf(organisationId)).toBe(name));
  };
  const joins = async (organisationId: string, name: string, country: 'DE' | 'RW', users: readonly string[]) => {
    const members = users.map((userId) => ({
      userId,
      name: `Demonstration ${userId}`,
      email: `${userId}@demonstration.example`,
      role: 'member' as const,
      language: 'en' as const,
      timeZone: 'Europe/Berlin',
    }));
    await backends.say('identity.MembersChanged', organisationId, { organisationId, name, country, members });
    await eventually(async () => expect(await names.membersOf(organisationId)).toEqual(users));
  };
  for (const [id, name, country] of organisations) await register(id, name, country);
  const [buyer, berlin] = [await as('org-buyer', 'DE'), await as('org-berlin', 'DE')];
  const [alpha, beta, gamma] = [await as('org-alpha'), await as('org-beta'), await as('org-gamma')];

  const complete = (changes: Record<string, unknown> = {}) => ({
    title: 'A portal for carriers',
    description: 'Carriers see their loads.',
    cpv: ['72212000'],
    skills: ['TypeScript'],
    lots: [
      { id: 'build', title: 'Build it' },
      { id: 'run', title: 'Run it' },
    ],
    budget: { amount: 9_000_000, currency: 'EUR' },
    criteria,
    deadline: inDays(10),
    ...changes,
  });
  /** The id of a complete tender of the buyer that takes bids for ten days. */
  const publishedTender = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const { body } = await buyer('POST', '/api/tenders', { body: complete(changes) });
    const { id } = body as TenderView;
    expect((await buyer('POST', `/api/tenders/${id}/publish`)).status).toBe(200);
    return id;
  };
  const statusOf = async (id: string) => ((await buyer('GET', `/api/tenders/${id}`)).body as TenderView).status;
  const untilOpened = async (id: string) => {
    passDays(11);
    await eventually(async () => expect(await statusOf(id)).not.toMatch(/published|closed/));
  };
  const heardOf = async (id: string) => (await backends.heardFrom('tenders')).filter(({ subject }) => subject === id);
  /** How many contents of bids lie in the store for this tender. */
  const storedBids = (tenderId: string) => mongo.connection.collection('bidContents').countDocuments({ tenderId });
  const documentOf = async (id: string) =>
    JSON.stringify(await mongo.connection.collection('tenders').findOne({ _id: id as never }));

  const rowsOf = (collection: string) => mongo.connection.collection(collection).find().toArray();
  /** All that lies in one collection, binary values as text too. */
  const dumpOf = async (collection: string): Promise<string> => (await rowsOf(collection)).map(written).join('\n');
  /** All that lies in the database and in the streams, binary values as text too: what a thief of a copy has. */
  const dump = async (): Promise<string> => {
    const collections = await mongo.connection.db?.listCollections().toArray();
    const found = await Promise.all((collections ?? []).map(({ name }) => mongo.connection.collection(name).find().toArray()));
    return [...found.flat(), ...(await backends.heardFrom('tenders'))].map(written).join('\n');
  };

  return {
    url,
    logged,
    unwrapped,
    setClock,
    issuer,
    backends,
    deps: { tenders, bids, keys, askers, owners, drafts, bidDocuments, tenderFiles, files, organisations: names, clock, logger },
    connection: mongo.connection,
    dump,
    dumpOf,
    rowsOf,
    parts,
    inDays,
    passDays,
    as,
    onReplica,
    register,
    joins,
    buyer,
    berlin,
    alpha,
    beta,
    gamma,
    complete,
    publishedTender,
    statusOf,
    untilOpened,
    heardOf,
    say: backends.say,
    storedBids,
    documentOf,
    stop: async () => {
      for (const server of listening) await server.stop();
      for (const timer of timers) await timer.stop();
      await subscription.stop();
      await relay.stop();
      await bus.stop();
      await mongo.stop();
      await Promise.all([backends.end(), issuer.stop()]);
    },
  };
};
