import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { startIssuer } from '@umuhuza/testing/issuer';
import mongoose, { type Connection } from 'mongoose';
import { patiently } from '../patiently.ts';
import { median, print, rounds } from './figures.ts';
import { shooter } from './load.ts';

const repetitions = 5;
const connections = 16;
/** The most that one slot may have. */
const places = 50;
/** Requests for them: most come too late, as on the day on which everybody wants the last place. */
const rush = 200;
const manySlots = 200;
const bookingsOfMonth = 2_000;
const reads = 15;

const environment = {
  title: 'Mobile money test room (demonstration)',
  kinds: ['Mobile money'],
  place: { city: 'Kigali' },
  languages: [{ language: 'rw', level: 'native' }],
  dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda)' },
  confirmation: 'automatic',
};
const body = JSON.stringify({
  dataClass: 'no-personal-data',
  product: { name: 'Demonstration wallet', goals: 'Do people find the fee? '.repeat(10) },
});

/**
 * Bookings through the service against a bare conditional `findOneAndUpdate` behind Express on the same MongoDB, on one slot that
 * everybody wants and on many; and a month of a host against reading that month’s bookings. Baseline and subject take turns.
 */
export const sandboxBench = async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
  const issuer = await startIssuer();
  const system = await startSystem({
    dataDir,
    services: ['sandbox'],
    env: {
      JWKS_URL: issuer.options.jwksUrl,
      TOKEN_ISSUER: issuer.options.issuer,
      TOKEN_AUDIENCE: issuer.options.audience,
      LOG_LEVEL: 'info',
    },
  });
  const mongo = await mongoose.createConnection(system.mongodbUrl, { dbName: 'umuhuza_sandbox' }).asPromise();
  try {
    await measure(system, mongo, issuer);
  } finally {
    await mongo.close();
    await system.stop();
    await issuer.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

type Issuer = Awaited<ReturnType<typeof startIssuer>>;

const measure = async (system: RunningSystem, mongo: Connection, issuer: Issuer): Promise<void> => {
  const load = shooter(connections);
  const port = system.portOf('sandbox');
  const base = `http://127.0.0.1:${port}/api/sandbox`;
  const tokenOf = async (organisation: string, country: 'DE' | 'RW' = 'DE') => ({
    authorization: `Bearer ${await issuer.tokenFor({ organisation, country, lasts: 3_600 })}`,
  });
  /** Each a firm of its own, for one firm books a slot once; identity is not part of this run, so its word is put where it is kept. */
  const guests = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => tokenOf(`guest-${n}`)));
  const names = mongo.collection<{ _id: string; sequence: number; name: string }>('organisations');
  await names.insertMany(
    Array.from({ length: bookingsOfMonth }, (_, n) => ({
      _id: `guest-${n}`,
      sequence: 1,
      name: `Bench GmbH ${n} (demonstration)`,
    })),
  );
  const host = await tokenOf('host', 'RW');
  const post = async (path: string, content: unknown, headers: Record<string, string> = host) => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(content),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { slotId: string; environmentId: string; hoursId: string };
  };
  const { environmentId } = await post(`${base}/environments`, environment);
  let day = Temporal.PlainDate.from('2030-01-01');
  const openSlot = async (capacity: number) => {
    day = day.add({ days: 1 });
    const slot = { startsAt: `${day}T08:00:00Z`, endsAt: `${day}T09:00:00Z`, capacity };
    return (await post(`${base}/environments/${environmentId}/slots`, slot)).slotId;
  };
  const bare = await startBare(system.mongodbUrl);
  const bareSlot = async (capacity: number) => (await post(`http://127.0.0.1:${bare.port}/slots`, { capacity }, {})).slotId;

  const ofService = (slotOf: (n: number) => string, who: readonly Record<string, string>[]) => (n: number) => ({
    port,
    path: `/api/sandbox/slots/${slotOf(n)}/bookings`,
    headers: { ...who[n], 'idempotency-key': randomUUID() },
    body,
  });
  const ofBare = (slotOf: (n: number) => string) => (n: number) => ({
    port: bare.port,
    path: `/slots/${slotOf(n)}/bookings`,
    headers: {},
    body,
  });

  /** Who books has looked at the slot before: its token is not seen for the first time. */
  const haveLooked = (slotOf: (n: number) => string, who: readonly Record<string, string>[]) =>
    inParts(who.length, async (n) => {
      const { ok } = await fetch(`${base}/slots/${slotOf(n)}`, { headers: who[n] ?? {} });
      if (!ok) throw new Error('a slot cannot be read');
    });

  const contended = async () => {
    const [slot, bareOne, who] = [await openSlot(places), await bareSlot(places), await guests(rush)];
    await haveLooked(() => slot, who);
    const baseline = await load.rate(
      rush,
      [201, 409],
      ofBare(() => bareOne),
    );
    const service = await load.rate(
      rush,
      [201, 409],
      ofService(() => slot, who),
    );
    await atRest(mongo);
    const { capacity, free } = (await (await fetch(`${base}/slots/${slot}`, { headers: host })).json()) as Record<string, number>;
    if (capacity !== places || free !== 0) throw new Error(`${places} places were to be taken; ${free} of ${capacity} are free`);
    return { baseline, service };
  };
  const spread = async () => {
    const mine = await inParts(manySlots, () => openSlot(places));
    const theirs = await inParts(manySlots, () => bareSlot(places));
    const who = await guests(manySlots * 2);
    await haveLooked((n) => String(mine[n % manySlots]), who);
    const baseline = await load.rate(
      manySlots * 2,
      201,
      ofBare((n) => String(theirs[n % manySlots])),
    );
    await atRest(mongo);
    const service = await load.rate(
      manySlots * 2,
      201,
      ofService((n) => String(mine[n % manySlots]), who),
    );
    await atRest(mongo);
    return { baseline, service };
  };

  // Both sides are measured warm.
  await contended();
  const onOne: { baseline: number; service: number }[] = [];
  await rounds('one contended slot', repetitions, async () => void onOne.push(await contended()));
  const onMany: { baseline: number; service: number }[] = [];
  await rounds('many slots', repetitions, async () => void onMany.push(await spread()));
  bare.end();

  const month = await fillMonth();
  const reading: number[] = [];
  const showing: number[] = [];
  const readBookings = async () => {
    const found = await mongo
      .collection('slots')
      .find({ 'lookup.host': 'month-host', 'lookup.startsAt': { $gte: month.from, $lt: month.to } })
      .toArray();
    const read = found.reduce((sum, { state }) => sum + state.bookings.length, 0);
    if (read !== bookingsOfMonth) throw new Error(`${read} bookings were read, not ${bookingsOfMonth}`);
  };
  const showMonth = async () => {
    const reply = await fetch(`${base}/availability?host=month-host&month=${month.name}`, { headers: host });
    const { days } = (await reply.json()) as { days: { free: number }[] };
    const free = days.reduce((sum, { free: places }) => sum + places, 0);
    if (free !== month.places - bookingsOfMonth) throw new Error(`the month shows ${free} free places`);
  };
  await readBookings();
  await showMonth();
  await rounds('a month of a host', reads, async () => {
    reading.push(await timed(readBookings));
    showing.push(await timed(showMonth));
  });
  load.end();

  /** Weekly hours with exceptions in the next month, filled with bookings. */
  async function fillMonth() {
    const monthHost = await tokenOf('month-host', 'RW');
    const next = Temporal.Now.plainDateISO('Africa/Kigali').toPlainYearMonth().add({ months: 1 });
    const dayOf = (n: number) => next.toPlainDate({ day: n });
    const opened = await post(`${base}/environments`, environment, monthHost);
    await post(
      `${base}/environments/${opened.environmentId}/hours`,
      {
        windows: [
          {
            startsOn: `${dayOf(1)}`,
            from: '08:00',
            to: '12:00',
            rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
            exdates: [`${dayOf(3)}`],
          },
          {
            startsOn: `${dayOf(1)}`,
            from: '13:00',
            to: '18:00',
            rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA',
            rdates: [`${dayOf(7)}`],
          },
        ],
        blackouts: [{ from: `${dayOf(10)}`, to: `${dayOf(11)}` }],
        slotMinutes: 30,
        capacity: 10,
      },
      monthHost,
    );
    const [from, to] = [dayOf(1), dayOf(1).add({ months: 1 })].map((date) =>
      date.toZonedDateTime('Africa/Kigali').toInstant().toString({ fractionalSecondDigits: 3 }),
    ) as [string, string];
    const there = { 'lookup.host': 'month-host', 'lookup.startsAt': { $gte: from, $lt: to } };
    await patiently('the month is open', async () => {
      const done = await mongo
        .collection('hours')
        .countDocuments({ 'state.applied': 1, 'state.host.organisationId': 'month-host' });
      if (done !== 1) throw new Error('the slots are being opened');
    });
    const slots = await mongo.collection<{ _id: string }>('slots').find(there).project<{ _id: string }>({ _id: 1 }).toArray();
    const who = await guests(bookingsOfMonth);
    await load.rate(
      bookingsOfMonth,
      201,
      ofService((n) => String(slots[n % slots.length]?._id), who),
    );
    await atRest(mongo);
    return { name: next.toString(), from, to, places: slots.length * 10 };
  }

  const of = (figures: { baseline: number; service: number }[]) => ({
    service: median(figures.map(({ service }) => service)),
    baseline: median(figures.map(({ baseline }) => baseline)),
  });
  const [one, many] = [of(onOne), of(onMany)];
  print('sandbox', [
    { name: 'bookings on one contended slot', value: one.service, unit: 'requests/s' },
    { name: 'bare findOneAndUpdate on one document', value: one.baseline, unit: 'requests/s' },
    { name: 'one contended slot / bare', value: one.service / one.baseline, unit: 'ratio', aim: '>=0.5' },
    { name: 'bookings on many slots', value: many.service, unit: 'requests/s' },
    { name: 'bare findOneAndUpdate on many documents', value: many.baseline, unit: 'requests/s' },
    { name: 'many slots / bare', value: many.service / many.baseline, unit: 'ratio', aim: '>=0.5' },
    { name: 'a month of a host', value: median(showing), unit: 'ms' },
    { name: 'reading its 2,000 bookings', value: median(reading), unit: 'ms' },
    { name: 'a month / reading its bookings', value: median(showing) / median(reading), unit: 'ratio', aim: '<=3' },
  ]);
};

const startBare = async (mongoUrl: string) => {
  const child = fork(fileURLToPath(new URL('bareBookingApp.ts', import.meta.url)), [mongoUrl]);
  const { port } = await new Promise<{ port: number }>((resolve) =>
    child.once('message', (message) => resolve(message as { port: number })),
  );
  return { port, end: () => child.disconnect() };
};

/** What the relay still has to send belongs to its own round, not to the next one's baseline. */
const atRest = async (mongo: Connection): Promise<void> => {
  while ((await mongo.collection('slots').countDocuments({ 'outbox.id': { $gt: '' } })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const inParts = async <Made>(count: number, work: (n: number) => Promise<Made>): Promise<Made[]> => {
  const made: Made[] = [];
  let begun = 0;
  const lane = async () => {
    for (let n = begun++; n < count; n = begun++) made.push(await work(n));
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return made;
};
