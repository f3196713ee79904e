import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { startIssuer } from '@umuhuza/testing/issuer';
import cliProgress from 'cli-progress';
import mongoose from 'mongoose';
import { patiently } from '../patiently.ts';
import { median, print, rounds } from './figures.ts';
import { registerOrganisation } from './registerOrganisation.ts';

const repetitions = 7;
const bidsARound = 10;
const listsARound = 12;
const bidsThere = 500;
const bidsToTell = 200;
const requestsToTell = 240;
/** A tender takes fifty amendments. */
const tendersToTell = 6;
const [few, many] = [1_000, 100_000];
const seededAtOnce = 1_000;

const terms = {
  title: 'A portal for carriers',
  description: 'Carriers see their loads and confirm them on a phone.',
  skills: ['TypeScript', 'PostgreSQL'],
  lots: [{ id: 'build', title: 'The portal' }],
  deadline: '2099-12-01T12:00:00.000Z',
  criteria: [
    { id: 'price', name: 'Price', weight: 40, kind: 'price' },
    { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
  ],
};
/** What tenders are about, in turns; one in twenty is about the last. */
const codes = ['72212000', '72262000', '48000000', '72300000', '80500000'];
const rareCode = '73300000';
const codeOf = (n: number): string => (n % 20 === 0 ? rareCode : (codes[n % codes.length] ?? rareCode));

type Issuer = Awaited<ReturnType<typeof startIssuer>>;
type Market = { readonly system: RunningSystem; readonly tenders: number; readonly middle: string };

/**
 * Submitting a bid to a tender that has 500 bids against one that has none, and a page of open tenders among 100,000 against one among
 * 1,000. Each in turns in the same run, through the service's own routes. What a bid or a page costs is what the processors work for it, in the
 * service and its database: how long it takes is levelled, so that nobody learns from it how many bids there are. Whether that is so for the buyer is measured, too.
 */
export const tendersBench = async (): Promise<void> => {
  const issuer = await startIssuer();
  const markets: Market[] = [];
  try {
    for (const tenders of [few, many]) markets.push(await openMarket(issuer, tenders));
    const [small, large] = markets as [Market, Market];
    const bids = await measureBids(small.system, issuer);
    const secrecy = await measureSecrecy(small.system, issuer);
    const lists = await measureLists(small, large, issuer);
    print('tenders', [...bids, ...secrecy, ...lists]);
  } finally {
    for (const { system } of markets) {
      await system.stop();
      await rm(system.dataDir, { recursive: true, force: true });
    }
    await issuer.stop();
  }
};

const openMarket = async (issuer: Issuer, tenders: number): Promise<Market> => {
  const system = await startSystem({
    dataDir: await mkdtemp(join(tmpdir(), 'umuhuza-bench-')),
    services: ['tenders'],
    env: {
      JWKS_URL: issuer.options.jwksUrl,
      TOKEN_ISSUER: issuer.options.issuer,
      TOKEN_AUDIENCE: issuer.options.audience,
      LOG_LEVEL: 'info',
    },
  });
  await registerOrganisation(system, 'buyer', 'Demonstration Buyer GmbH');
  const first = await publishTender(callerOf(system, await issuer.tokenFor({ organisation: 'buyer', lasts: 3_600 })));
  return { system, tenders, middle: await seed(system, first, tenders) };
};

/** Copies of a tender as the service itself wrote it, each of its own minute and kind. Returns the id of one in their middle. */
const seed = async (system: RunningSystem, like: string, count: number): Promise<string> => {
  const mongo = await mongoose.createConnection(system.mongodbUrl, { dbName: 'umuhuza_tenders' }).asPromise();
  const tenders = mongo.collection<{ _id: string }>('tenders');
  const written = await tenders.findOne({ _id: like });
  if (!written) throw new Error('the service has not written the tender it published');
  const text = JSON.stringify({ ...written, outbox: [], commands: [] });
  const start = Temporal.Instant.from('2026-01-01T00:00:00Z');
  const bar = new cliProgress.SingleBar(
    { format: `seeding ${count} tenders {bar} {value}/{total}`, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(count, 1);
  for (let n = 1; n < count; n += seededAtOnce) {
    const some = Array.from({ length: Math.min(seededAtOnce, count - n) }, (_, k) => {
      const publishedAt = start.add({ minutes: n + k }).toString({ fractionalSecondDigits: 3 });
      const deadline = Temporal.Instant.from(terms.deadline)
        .add({ minutes: ((n + k) * 7_919) % count })
        .toString({ fractionalSecondDigits: 3 });
      const copy = JSON.parse(text.replaceAll(like, idOf(n + k))) as { state: Copied; lookup: Copied };
      const cpv = [codeOf(n + k)];
      Object.assign(copy.state, { publishedAt, terms: { ...(copy.state.terms as object), cpv, deadline } });
      Object.assign(copy.lookup, { publishedAt, deadline, branches: branchesOf(cpv) });
      return copy;
    });
    await tenders.insertMany(some as never[], { ordered: false });
    bar.increment(some.length);
  }
  bar.stop();
  await mongo.close();
  return idOf(Math.floor(count / 2));
};
type Copied = Record<string, unknown>;

const idOf = (n: number): string => `seeded-${String(n).padStart(7, '0')}`;
/** As the service derives them, which one test of the list holds against what it writes itself. */
const branchesOf = (cpv: readonly string[]): string[] => [
  ...new Set(cpv.flatMap((code) => Array.from(code.replace(/0+$/, ''), (_, n) => code.slice(0, n + 1)))),
];

type Caller = ReturnType<typeof callerOf>;
const callerOf = (system: RunningSystem, token: string) => {
  const base = `http://127.0.0.1:${system.portOf('tenders')}/api/tenders`;
  return async (method: string, path: string, body?: unknown): Promise<Copied> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Copied;
  };
};

const publishTender = async (buyer: Caller, title = terms.title): Promise<string> => {
  const { id } = await buyer('POST', '', { ...terms, title, cpv: [codeOf(1)] });
  await patiently('the buyer is known', () => buyer('POST', `/${id}/publish`, {}));
  return String(id);
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const bidOf = (amount: number) => ({
  prices: [{ lotId: 'build', price: { amount, currency: 'EUR' } }],
  answers: [{ criterionId: 'approach', answer: 'We begin with the drivers. '.repeat(40) }],
});

const measureBids = async (system: RunningSystem, issuer: Issuer) => {
  const buyer = callerOf(system, await issuer.tokenFor({ organisation: 'buyer', lasts: 3_600 }));
  const firm = async (n: number) =>
    callerOf(system, await issuer.tokenFor({ organisation: `firm-${n}`, country: 'RW', lasts: 3_600 }));
  const submit = async (caller: Caller, tenderId: string, amount: number) =>
    caller('PUT', `/${tenderId}/bids/mine`, bidOf(amount));

  const full = await publishTender(buyer);
  let firms = 0;
  await rounds(`submitting ${bidsThere} bids`, bidsThere / 20, async () => {
    await Promise.all(Array.from({ length: 20 }, async () => submit(await firm(firms++), full, 1_000_000)));
  });
  const [times, costs] = [
    { full: [], empty: [] },
    { full: [], empty: [] },
  ] as [Samples, Samples];
  await rounds('submitting a bid', repetitions, async (round) => {
    const callers = await Promise.all(Array.from({ length: bidsARound }, () => firm(firms++)));
    const empty = await Promise.all(callers.map(() => publishTender(buyer)));
    const order = ['full', 'empty'] as const;
    for (const which of round % 2 === 0 ? order : order.toReversed()) {
      const [inRound, before] = [[] as number[], await workOf(system)];
      for (const [n, caller] of callers.entries())
        inRound.push(await timed(() => submit(caller, which === 'full' ? full : (empty[n] ?? full), 1_000_000 + n)));
      times[which].push(median(inRound));
      costs[which].push(((await workOf(system)) - before) / bidsARound);
    }
  });
  const figures = ([name, { full: many, empty: none }]: readonly [string, Samples]) => [
    { name: `${name} a bid to a tender with ${bidsThere} bids`, value: median(many), unit: 'ms' },
    { name: `${name} a bid to a tender with none`, value: median(none), unit: 'ms' },
    { name: `${name}: with ${bidsThere} bids / with none`, value: median(many) / median(none), unit: 'ratio', aim: '<=2' },
  ];
  return (
    [
      ['work for', costs],
      ['time of', times],
    ] as const
  ).flatMap(figures);
};
type Samples = { readonly full: number[]; readonly empty: number[] };

/** Milliseconds that the processors have worked for the service and its database. */
const workOf = async (system: RunningSystem): Promise<number> => {
  const ticks = await Promise.all(
    (['tenders', 'mongo'] as const).map(async (part) => {
      const stat = await readFile(`/proc/${system.pidOf(part)}/stat`, 'utf8');
      const [user, kernel] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number);
      return (user ?? Number.NaN) + (kernel ?? Number.NaN);
    }),
  );
  return ticks.reduce((sum, one) => sum + one, 0) * 10;
};

/**
 * What a buyer waits for while bids are sealed, with many bids and with none, in turns: were the difference to be felt, its own requests would tell
 * it how many there are.
 */
const measureSecrecy = async (system: RunningSystem, issuer: Issuer) => {
  const buyer = callerOf(system, await issuer.tokenFor({ organisation: 'buyer', lasts: 3_600 }));
  const asker = callerOf(system, await issuer.tokenFor({ organisation: 'firm-0', country: 'RW', lasts: 3_600 }));
  const samples: Record<string, { many: number[]; none: number[] }> = {};
  const look = async (kind: 'many' | 'none', id: string, title: string, n: number) => {
    const measure = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      const begun = performance.now();
      const result = await work();
      samples[name] ??= { many: [], none: [] };
      samples[name][kind].push(performance.now() - begun);
      return result;
    };
    await measure('a view', () => buyer('GET', `/${id}`));
    await measure('a page found by its title', () => buyer('GET', `?limit=1&q=${title}`));
    await measure('its OCDS package', () => buyer('GET', `/${id}/ocds`));
    await measure('eight views at once', () => Promise.all(Array.from({ length: 8 }, () => buyer('GET', `/${id}`))));
    await measure('an amendment', () => buyer('PATCH', `/${id}`, { skills: [`skill ${n}`], reason: 'It grows.' }));
    const { questions } = await asker('POST', `/${id}/questions`, { question: `Question ${n}?` });
    const questionId = (questions as { id: string }[]).at(-1)?.id;
    await measure('an answer', () => buyer('POST', `/${id}/questions/${questionId}/answer`, { answer: 'So it is.' }));
  };
  await rounds(`the buyer's requests with ${bidsToTell} bids and with none`, tendersToTell, async () => {
    const titles = { many: `Many${randomUUID().slice(0, 8)}`, none: `None${randomUUID().slice(0, 8)}` };
    const [many, none] = [await publishTender(buyer, titles.many), await publishTender(buyer, titles.none)];
    for (let firms = 0; firms < bidsToTell; firms += 20)
      await Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          const token = await issuer.tokenFor({ organisation: `firm-${firms + n}`, country: 'RW', lasts: 3_600 });
          await callerOf(system, token)('PUT', `/${many}/bids/mine`, bidOf(1_000_000));
        }),
      );
    for (let n = 0; n < requestsToTell / tendersToTell; n++)
      for (const kind of n % 2 === 0 ? (['many', 'none'] as const) : (['none', 'many'] as const))
        await look(kind, kind === 'many' ? many : none, titles[kind], n);
  });
  return Object.entries(samples).map(([name, { many, none }]) => ({
    name: `${name} of the buyer: longer with ${bidsToTell} bids than with none by`,
    value: median(many) - median(none),
    unit: 'ms',
    aim: '<=1',
  }));
};

/** What bidders look at; `after` goes on from the middle of all. */
const pages: Readonly<Record<string, string>> = {
  'the first page': '',
  'a page in the middle': 'after',
  'a page by deadline': 'order=deadline',
  'a page of a division (CPV 72000000)': 'cpv=72000000',
  'a page of one in twenty (CPV 73300000)': `cpv=${rareCode}`,
  'a page of a search': 'q=portal%20carrier',
};

const measureLists = async (small: Market, large: Market, issuer: Issuer) => {
  const token = await issuer.tokenFor({ organisation: 'reader', country: 'RW', lasts: 3_600 });
  const lookingAt = await Promise.all(
    [small, large].map(async (market) => {
      const caller = callerOf(market.system, token);
      const after = await cursorAt(market);
      return (query: string) => caller('GET', `?limit=25&${query === 'after' ? `cursor=${after}` : query}`);
    }),
  );
  const [amongFew, amongMany] = lookingAt as [(query: string) => Promise<Copied>, (query: string) => Promise<Copied>];
  const figures = [];
  for (const [name, query] of Object.entries(pages)) {
    const [times, baseline]: [number[], number[]] = [[], []];
    const work = [0, 0] as [number, number];
    for (const look of [amongFew, amongMany]) {
      const { items } = await look(query);
      if (!Array.isArray(items) || items.length < 10) throw new Error(`${name} is no page`);
    }
    await rounds(name, repetitions, async () => {
      const inRound: [number[], number[]] = [[], []];
      for (const [which, look, { system }] of [
        [0, amongMany, large],
        [1, amongFew, small],
      ] as const) {
        const before = await workOf(system);
        for (let n = 0; n < listsARound; n++) inRound[which].push(await timed(() => look(query)));
        work[which] += (await workOf(system)) - before;
      }
      times.push(median(inRound[0]));
      baseline.push(median(inRound[1]));
    });
    figures.push(
      { name: `${name} among ${many}`, value: median(times), unit: 'ms' },
      { name: `${name} among ${few}`, value: median(baseline), unit: 'ms' },
      {
        name: `time of ${name}: among ${many} / among ${few}`,
        value: median(times) / median(baseline),
        unit: 'ratio',
        aim: '<=2',
      },
      { name: `work for ${name}: among ${many} / among ${few}`, value: work[0] / work[1], unit: 'ratio', aim: '<=2' },
    );
  }
  return figures;
};

/** A cursor as the service writes it, in the middle of what there is: pages are not turned one by one to get there. */
const cursorAt = async ({ system, middle }: Market): Promise<string> => {
  const mongo = await mongoose.createConnection(system.mongodbUrl, { dbName: 'umuhuza_tenders' }).asPromise();
  const found = await mongo.collection<{ _id: string; lookup: { publishedAt: string } }>('tenders').findOne({ _id: middle });
  await mongo.close();
  return Buffer.from(JSON.stringify(['newest', found?.lookup.publishedAt, middle])).toString('base64url');
};
