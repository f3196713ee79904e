import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { streamOf } from '@umuhuza/nats/streams';
import { startIssuer } from '@umuhuza/testing/issuer';
import mongoose from 'mongoose';
import { patiently } from '../patiently.ts';
import { median, print, rounds } from './figures.ts';
import { shooter } from './load.ts';
import { operatorOf, registerOrganisation } from './registerOrganisation.ts';

const repetitions = 7;
const creates = 400;
const connections = 16;
const latencies = 100;
const warmUps = 200;

const tender = {
  title: 'A portal for carriers',
  description: 'Carriers see their loads and confirm them on a phone. '.repeat(12),
  cpv: ['72212000', '72230000'],
  skills: ['TypeScript', 'PostgreSQL'],
  lots: [{ title: 'The portal' }],
  deadline: '2099-12-01T12:00:00.000Z',
  criteria: [
    { id: 'price', name: 'Price', weight: 40, kind: 'price' },
    { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
  ],
  languages: [{ language: 'en', level: 'B2' }],
};

/**
 * Create-tender through the service against a bare Express and mongoose insert of the same document on the same MongoDB, and the time
 * from a command to another service's reaction against raw JetStream publish to consume. Baseline and subject take turns.
 */
export const httpBench = async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
  const issuer = await startIssuer();
  const system = await startSystem({
    dataDir,
    services: ['tenders'],
    env: {
      JWKS_URL: issuer.options.jwksUrl,
      TOKEN_ISSUER: issuer.options.issuer,
      TOKEN_AUDIENCE: issuer.options.audience,
      LOG_LEVEL: 'info',
    },
  });
  try {
    await measure(system, { authorization: `Bearer ${await issuer.tokenFor({ organisation: 'bench', lasts: 3_600 })}` });
  } finally {
    await system.stop();
    await issuer.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const measure = async (system: RunningSystem, headers: Record<string, string>): Promise<void> => {
  const load = shooter(connections);
  const port = system.portOf('tenders');
  const create = () => ({
    port,
    path: '/api/tenders',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify(tender),
  });

  await registerOrganisation(system, 'bench', 'Bench GmbH (demonstration)');
  await load.rate(creates, 201, create);
  const bare = await startBare(system.mongodbUrl);
  const insert = () => ({ port: bare.port, path: '/tenders', headers: {}, body: JSON.stringify(tender) });
  await load.rate(creates, 201, insert);
  const service: number[] = [];
  const baseline: number[] = [];
  await rounds('create-tender', repetitions, async () => {
    baseline.push(await load.rate(creates, 201, insert));
    service.push(await load.rate(creates, 201, create));
    // What the relay still has to send belongs to this round, not to the next one's baseline.
    await outboxEmpty(system.mongodbUrl);
  });
  bare.end();

  const { raw, reaction } = await measureLatency(system, headers, load);
  load.end();
  print('http', [
    { name: 'create-tender through the service', value: median(service), unit: 'requests/s' },
    { name: 'bare Express and mongoose insert', value: median(baseline), unit: 'requests/s' },
    { name: 'create-tender / bare insert', value: median(service) / median(baseline), unit: 'ratio', aim: '>=0.6' },
    { name: 'command to reaction', value: median(reaction), unit: 'ms' },
    { name: 'raw JetStream publish to consume', value: median(raw), unit: 'ms' },
    { name: 'command to reaction / raw JetStream', value: median(reaction) / median(raw), unit: 'ratio', aim: '<=4' },
  ]);
};

/** The bare app in a process of its own, with the very document that the service stores for this tender. */
const startBare = async (mongoUrl: string) => {
  const mongo = await mongoose.createConnection(mongoUrl, { dbName: 'umuhuza_tenders' }).asPromise();
  const stored = await mongo.collection('tenders').findOne({}, { projection: { outbox: 0 } });
  await mongo.close();
  const child = fork(fileURLToPath(new URL('bareApp.ts', import.meta.url)), [mongoUrl, JSON.stringify(stored)]);
  const { port } = await new Promise<{ port: number }>((resolve) =>
    child.once('message', (message) => resolve(message as { port: number })),
  );
  return { port, end: () => child.disconnect() };
};

const outboxEmpty = async (mongoUrl: string): Promise<void> => {
  const mongo = await mongoose.createConnection(mongoUrl, { dbName: 'umuhuza_tenders' }).asPromise();
  while ((await mongo.collection('tenders').countDocuments({ 'outbox.id': { $gt: '' } })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await mongo.close();
};

/** One at a time, in turns: a publish command until a durable consumer hears its event; a raw publish until the same kind of consumer hears it. */
const measureLatency = async (system: RunningSystem, headers: Record<string, string>, load: ReturnType<typeof shooter>) => {
  const nats = await connect({ servers: system.natsUrl, ...(await operatorOf(system)) });
  const js = jetstream(nats);
  const jsm = await jetstreamManager(nats);
  await jsm.streams.add(streamOf('bench'));
  const tenders = await listener('TENDERS', 'tenders.>');
  const raw = await listener('BENCH', 'bench.>');

  async function listener(stream: string, filter: string) {
    await jsm.consumers.add(stream, {
      durable_name: 'bench',
      ack_policy: AckPolicy.Explicit,
      filter_subject: filter,
      max_ack_pending: 128,
    });
    const messages = await (await js.consumers.get(stream, 'bench')).consume({ max_messages: 64 });
    const waiting = new Map<string, (at: number) => void>();
    void (async () => {
      for await (const message of messages) {
        waiting.get(message.subject)?.(performance.now());
        message.ack();
      }
    })();
    return {
      heard: (subject: string) => new Promise<number>((resolve) => waiting.set(subject, resolve)),
      stop: () => messages.stop(),
    };
  }

  const base = `http://127.0.0.1:${system.portOf('tenders')}/api/tenders`;
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: string };
  };

  const { id: first } = await post('', tender);
  await patiently('the buyer is known', () => post(`/${first}/publish`, {}));
  // Both sides are measured warm: the raw one has little code to warm.
  for (let n = 0; n < warmUps; n++) await post(`/${(await post('', tender)).id}/publish`, {});

  const figures = { raw: [] as number[], reaction: [] as number[] };
  let payload = '{}';
  await rounds('command to reaction', latencies, async (n) => {
    const { id } = await post('', tender);
    const heard = tenders.heard(`tenders.TenderPublished.${id}`);
    const commanded = performance.now();
    const status = await load.shoot({ port: system.portOf('tenders'), path: `/api/tenders/${id}/publish`, headers, body: '{}' });
    if (status !== 200) throw new Error(`publish: ${status}`);
    figures.reaction.push((await heard) - commanded);
    if (n === 0) payload = JSON.stringify((await (await fetch(`${base}/${id}`, { headers })).json()) as unknown);

    const subject = `bench.Raw.${randomUUID()}`;
    const came = raw.heard(subject);
    const published = performance.now();
    await js.publish(subject, payload, { msgID: randomUUID() });
    figures.raw.push((await came) - published);
  });
  tenders.stop();
  raw.stop();
  await nats.drain();
  return figures;
};
