import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { maxTries, retryDelays } from '@umuhuza/nats/streams';
import mongoose from 'mongoose';
import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetters } from './deadLetters.ts';
import { hearAgainWith, hearParkedWith, hearWith, type Message, type Reactions } from './hear.ts';
import type { ParkedEvent } from './parkedEvents.ts';

const at = '2026-11-23T12:00:00.000Z';
const said = {
  specversion: '1.0',
  id: 'event-1',
  source: '/profiles',
  type: 'umuhuza.profiles.ProfileWithdrawn.v1',
  subject: 'org-1',
  time: at,
  datacontenttype: 'application/json',
  sequence: 3,
  correlationid: 'request-1',
  causationid: 'command-1',
  data: profilesEvents.ProfileWithdrawn.example,
};

let kept: DeadLetter[];
let parked: ParkedEvent[];
let keep: DeadLetters['keep'];
/** Rejects while the database is away, and settles late where it answers late. */
let answer: () => Promise<void>;
beforeEach(() => {
  kept = [];
  parked = [];
  answer = async () => undefined;
  keep = async (letter) => {
    kept.push(letter);
  };
});

/** Delivers a message to these reactions as often as `times` says, and tells how the last time ended. */
const deliver = async (
  reactions: Reactions,
  {
    payload = JSON.stringify(said),
    subject = 'profiles.ProfileWithdrawn.org-1',
    times = 1,
    hear = hearWith({ ...options(reactions), settlesWithin: 50 }),
  } = {},
) => {
  const ended: string[] = [];
  const message: Message = {
    subject,
    seq: 42,
    data: new TextEncoder().encode(payload),
    deliveries: 0,
    json: <T>() => JSON.parse(payload) as T,
    ack: () => ended.push('ack'),
    nak: (delay?: number) => ended.push(`nak ${delay}`),
  };
  for (let n = 0; n < times; n++) {
    ended.length = 0;
    await hear({ ...message, deliveries: n + 1 });
  }
  return ended;
};

/** Hears what is parked again, each time when it is due, until nothing is. */
const untilNothingIsParked = async (reactions: Reactions) => {
  const waits: number[] = [];
  let now = Date.parse(at);
  for (let event = parked[0]; event; event = parked[0]) {
    waits.push(event.nextTryAt.getTime() - now);
    now = event.nextTryAt.getTime();
    await hearParkedWith({ ...options(reactions), clock: () => new Date(now).toISOString() })(event);
  }
  return waits;
};

const options = (reactions: Reactions) => ({
  stream: 'PROFILES',
  reactions,
  deadLetters,
  logger: pino({ level: 'silent' }),
  clock: () => at,
  answersWithin: 20,
});

const outage = () => new mongoose.mongo.MongoNetworkError('connect ECONNREFUSED');
const away: Reactions = { 'profiles.ProfileWithdrawn': async () => Promise.reject(outage()) };

const deadLetters: DeadLetters = {
  keep: (letter) => keep(letter),
  list: async () => kept,
  find: async () => undefined,
  count: async () => kept.length,
  drop: async (id) => {
    const before = kept.length;
    kept = kept.filter(({ _id }) => _id !== id);
    return kept.length < before;
  },
  askReplay: async () => false,
  takeAsked: async () => undefined,
  parked: {
    park: async (event) => {
      await answer();
      if (!parked.some(({ _id }) => _id === event._id)) parked.push(event);
    },
    takeDue: async () => [],
    hold: () => answer(),
    failed: async (id, how) => {
      parked = parked.map((event) => (event._id === id ? { ...event, ...how } : event));
    },
    drop: async (id) => {
      parked = parked.filter(({ _id }) => _id !== id);
    },
    count: async () => parked.length,
  },
};

const fails: Reactions = { 'profiles.ProfileWithdrawn': async () => Promise.reject(new Error('not now')) };

describe('hearing an event', () => {
  it('acknowledges it after the reaction, never before', async () => {
    const order: string[] = [];
    const ended = await deliver({
      'profiles.ProfileWithdrawn': async ({ data, sequence }) => order.push(`${data.organisationId} ${sequence}`),
    });
    expect(order).toEqual([`${profilesEvents.ProfileWithdrawn.example.organisationId} 3`]);
    expect(ended).toEqual(['ack']);
  });

  it('acknowledges what this service does not react to, and versions it does not know', async () => {
    expect(await deliver({})).toEqual(['ack']);
    const newer = JSON.stringify({ ...said, type: 'umuhuza.profiles.ProfileWithdrawn.v2' });
    expect(await deliver(fails, { payload: newer })).toEqual(['ack']);
    expect(kept).toEqual([]);
  });

  it('parks it when the reaction throws, and acknowledges it, so that it is in nobody’s way', async () => {
    expect(await deliver(fails)).toEqual(['ack']);
    expect(parked).toMatchObject([
      {
        _id: expect.stringMatching(/^PROFILES-42-[0-9a-f]{6}$/),
        error: 'Error: not now',
        tries: 1,
        subject: 'profiles.ProfileWithdrawn.org-1',
      },
    ]);
    expect(JSON.parse(String(parked[0]?.payload))).toEqual(said);
    expect(kept).toEqual([]);
  });

  it('parks it when the reaction does not settle', async () => {
    expect(await deliver({ 'profiles.ProfileWithdrawn': () => new Promise(() => undefined) })).toEqual(['ack']);
    expect(parked).toMatchObject([{ error: 'Error: the reaction did not settle within 0.05 s' }]);
  });

  it('parks it once, however often the broker delivers it', async () => {
    await deliver(fails);
    const [first] = parked;
    if (first) parked = [{ ...first, tries: 5 }];
    await deliver(fails, { times: 3 });
    expect(parked).toMatchObject([{ tries: 5 }]);
  });

  it('keeps what is malformed at once: no JSON, no envelope of ours, wrong data, a subject that is not its own', async () => {
    const wrong = [
      { payload: '{"half":' },
      { payload: '{"specversion":"0.3"}' },
      { payload: JSON.stringify({ ...said, data: { organisationId: 7 } }) },
      { subject: 'profiles.ProfilePublished.org-1' },
      { subject: 'tenders.ProfileWithdrawn.org-1' },
    ];
    for (const message of wrong) expect(await deliver(fails, message)).toEqual(['ack']);
    expect(kept.map(({ error }) => error.split(':')[0])).toEqual(wrong.map(() => 'Malformed'));
  });

  it('waits as long as its own database is away, and blames no event for it', async () => {
    answer = () => Promise.reject(outage());
    expect(await deliver(away, { times: maxTries * 3 })).toEqual([`nak ${retryDelays[0]}`]);
    expect([kept, parked]).toEqual([[], []]);
  });

  it('waits out a short outage with the broker; what meets one again and again is parked once the database answers, at no try', async () => {
    expect(await deliver(away, { times: 3 })).toEqual([`nak ${retryDelays[0]}`]);
    expect(parked).toEqual([]);
    expect(await deliver(away, { times: 4 })).toEqual(['ack']);
    expect(parked).toMatchObject([{ tries: 0, at: new Date(at), nextTryAt: new Date(Date.parse(at) + retryDelays[0]) }]);
  });

  it('tells of an outage at once, then now and then with how often it was met', async () => {
    const lines: { err?: { message: string }; outages?: number }[] = [];
    let now = Date.parse(at);
    answer = () => Promise.reject(outage());
    const telling = {
      ...options(away),
      logger: pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) }),
      clock: () => new Date(now).toISOString(),
    };
    const hear = hearWith(telling);
    for (let second = 0; second < 25; second++, now += 1_000) await deliver(away, { hear });
    expect(lines.map(({ outages }) => outages)).toEqual([1, 10, 10]);
    expect(lines[0]).toMatchObject({ err: { message: 'connect ECONNREFUSED' } });
  });

  it('never acknowledges a dead letter that could not be kept', async () => {
    keep = async () => Promise.reject(new Error('the database is away'));
    expect(await deliver(fails, { payload: '{"half":' })).toEqual([`nak ${retryDelays[0]}`]);
  });
});

describe('hearing a parked event', () => {
  it('comes later each time, and ends as a dead letter with its newest error after the last try', async () => {
    await deliver(fails);
    const last = retryDelays.at(-1);
    expect(await untilNothingIsParked(fails)).toEqual([...retryDelays, last, last]);
    expect(kept).toMatchObject([{ error: 'Error: not now', tries: maxTries, subject: 'profiles.ProfileWithdrawn.org-1' }]);
    expect(JSON.parse(String(kept[0]?.payload))).toEqual(said);
  });

  it('is gone once the reaction settles, and with it the letter that a crash left behind', async () => {
    await deliver(fails);
    const [event] = parked;
    if (event) await deadLetters.keep(event);
    const heard: unknown[] = [];
    await untilNothingIsParked({ 'profiles.ProfileWithdrawn': async ({ cause }) => heard.push(cause.id) });
    expect(heard).toEqual(['event-1']);
    expect([kept, parked]).toEqual([[], []]);
  });

  const late = () => new Promise<void>((resolve) => setTimeout(resolve, 60));
  const gone = () => Promise.reject(outage());
  it.each([
    ['was away before and is away after', [gone, gone]],
    ['came back meanwhile', [gone, async () => undefined]],
    ['went away meanwhile', [async () => undefined, gone]],
    ['answers late after it, as one that had to come back', [async () => undefined, late]],
  ])('loses no try to an outage: the database %s', async (_how, answers) => {
    await deliver(fails);
    answer = async () => answers.shift()?.();
    await expect(untilNothingIsParked(away)).rejects.toThrow('ECONNREFUSED');
    expect(parked).toMatchObject([{ tries: 1, error: 'Error: not now' }]);
  });

  it('ends as a dead letter when it cuts the line to a database that answers right before it and right after it', async () => {
    await deliver(away, { times: 4 });
    expect(await untilNothingIsParked(away)).toHaveLength(maxTries);
    expect(kept).toMatchObject([{ tries: maxTries, error: 'MongoNetworkError: connect ECONNREFUSED' }]);
  });
});

describe('hearing a dead letter again', () => {
  const again = (reactions: Reactions) => hearAgainWith(options(reactions));
  const bury = async () => {
    await deliver(fails);
    await untilNothingIsParked(fails);
  };

  it('drops it once the reaction settles', async () => {
    await bury();
    const heard: unknown[] = [];
    for (const letter of kept)
      await again({ 'profiles.ProfileWithdrawn': async ({ cause }) => heard.push(cause.id, cause.sequence) })(letter);
    expect(heard).toEqual(['event-1', 3]);
    expect(kept).toEqual([]);
  });

  it('keeps it with the newer error and one more try when it fails again', async () => {
    await bury();
    const [letter] = kept;
    kept = [];
    if (letter) await again({ 'profiles.ProfileWithdrawn': async () => Promise.reject(new Error('still not')) })(letter);
    expect(kept).toMatchObject([{ _id: letter?._id, error: 'Error: still not', tries: maxTries + 1 }]);
  });
});
