import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { maxTries, retryDelays } from '@umuhuza/nats/streams';
import mongoose from 'mongoose';
import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetters } from './deadLetters.ts';
import { hearAgainWith, hearWith, type Message, type Reactions } from './hear.ts';

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
let keep: DeadLetters['keep'];
beforeEach(() => {
  kept = [];
  keep = async (letter) => {
    kept.push(letter);
  };
});

/** Delivers a message to these reactions as often as `tries` says, and tells how the last time ended. */
const deliver = async (
  reactions: Reactions,
  { payload = JSON.stringify(said), subject = 'profiles.ProfileWithdrawn.org-1', tries = 1, deliveryCount = 1 } = {},
) => {
  const ended: string[] = [];
  const message: Message = {
    subject,
    seq: 42,
    data: new TextEncoder().encode(payload),
    info: { deliveryCount },
    json: <T>() => JSON.parse(payload) as T,
    ack: () => ended.push('ack'),
    nak: (delay?: number) => ended.push(`nak ${delay}`),
    working: () => ended.push('working'),
  };
  const hear = hearWith({ stream: 'PROFILES', reactions, deadLetters, logger: pino({ level: 'silent' }), clock: () => at });
  for (let n = 0; n < tries; n++) {
    ended.length = 0;
    await hear(message);
  }
  return ended;
};

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

  it('asks for it again, later each time, when the reaction throws', async () => {
    for (const [n, delay] of retryDelays.entries()) expect(await deliver(fails, { tries: n + 1 })).toEqual([`nak ${delay}`]);
    expect(await deliver(fails, { tries: maxTries - 1 })).toEqual([`nak ${retryDelays.at(-1)}`]);
    expect(kept).toEqual([]);
  });

  it('keeps it as a dead letter with its error after the last try', async () => {
    expect(await deliver(fails, { tries: maxTries })).toEqual(['ack']);
    expect(kept).toMatchObject([
      {
        _id: expect.stringMatching(/^PROFILES-42-[0-9a-f]{6}$/),
        error: 'Error: not now',
        tries: maxTries,
        subject: 'profiles.ProfileWithdrawn.org-1',
      },
    ]);
    expect(JSON.parse(String(kept[0]?.payload))).toEqual(said);
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

  it('does not count deliveries that a restart of the broker or of the service added', async () => {
    expect(await deliver(fails, { deliveryCount: 50 })).toEqual([`nak ${retryDelays[0]}`]);
    expect(kept).toEqual([]);
  });

  it('waits as long as its own database is away, and blames no event for it', async () => {
    const away: Reactions = {
      'profiles.ProfileWithdrawn': async () => Promise.reject(new mongoose.mongo.MongoNetworkError('connect ECONNREFUSED')),
    };
    expect(await deliver(away, { tries: maxTries * 3 })).toEqual([`nak ${retryDelays[0]}`]);
    expect(kept).toEqual([]);
  });

  it('never acknowledges a dead letter that could not be kept', async () => {
    keep = async () => Promise.reject(new Error('the database is away'));
    expect(await deliver(fails, { tries: maxTries })).toEqual([`nak ${retryDelays[0]}`]);
  });
});

describe('hearing a dead letter again', () => {
  const again = (reactions: Reactions) =>
    hearAgainWith({ stream: 'PROFILES', reactions, deadLetters, logger: pino({ level: 'silent' }), clock: () => at });

  it('drops it once the reaction settles', async () => {
    await deliver(fails, { tries: maxTries });
    const heard: unknown[] = [];
    for (const letter of kept)
      await again({ 'profiles.ProfileWithdrawn': async ({ cause }) => heard.push(cause.id, cause.sequence) })(letter);
    expect(heard).toEqual(['event-1', 3]);
    expect(kept).toEqual([]);
  });

  it('keeps it with the newer error and one more try when it fails again', async () => {
    await deliver(fails, { tries: maxTries });
    const [letter] = kept;
    kept = [];
    if (letter) await again({ 'profiles.ProfileWithdrawn': async () => Promise.reject(new Error('still not')) })(letter);
    expect(kept).toMatchObject([{ _id: letter?._id, error: 'Error: still not', tries: maxTries + 1 }]);
  });
});
