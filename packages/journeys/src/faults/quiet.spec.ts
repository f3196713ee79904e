import { describe, expect, it } from 'vitest';
import { NotQuiet, untilQuiet, type Watched } from './quiet.ts';

type Look = {
  readonly pending?: number;
  readonly underWay?: number;
  readonly waiting?: number;
  readonly parked?: number;
  readonly settling?: number;
  /** How much the consumer was given. */
  readonly given?: number;
};

/** Eyes that see one look after the other, and the last one for ever. `blind`: the look fails. */
const seeing = (...looks: readonly (Look | 'blind')[]): Watched & { readonly looks: () => number } => {
  let n = -1;
  const now = (): Look => {
    const look = looks[Math.min(n, looks.length - 1)] ?? {};
    if (look === 'blind') throw new Error('the broker is away');
    return look;
  };
  return {
    looks: () => n + 1,
    consumers: async () => {
      n += 1;
      const { pending = 0, underWay = 0, given = 12 } = now();
      const delivered = { consumer_seq: given, stream_seq: 10, last_active: 0 };
      return [{ name: 'matching', stream_name: 'TENDERS', num_pending: pending, num_ack_pending: underWay, delivered }];
    },
    waiting: async () => now().waiting ?? 0,
    parked: async () => now().parked ?? 0,
    settling: async () => now().settling ?? 0,
  };
};
const options = { within: 5_000, failing: 0, every: 1 };

describe('a system is quiet', () => {
  it('once nothing is under way, seen twice in a row', async () => {
    const eyes = seeing({ pending: 1 }, { underWay: 1 }, { waiting: 1 }, { parked: 1 }, {}, { waiting: 1 }, {}, {});
    expect(await untilQuiet(eyes, options)).toMatchObject({
      redelivered: 2,
      waitedFor: expect.stringContaining('1 events wait in outboxes'),
    });
    expect(eyes.looks()).toBe(8);
  });
  it('not while it cannot be seen', async () => {
    const eyes = seeing({}, 'blind', {}, {});
    await untilQuiet(eyes, options);
    expect(eyes.looks()).toBe(4);
  });
  it('also while events that always fail wait for their next try, but no others', async () => {
    await untilQuiet(seeing({ parked: 2 }), { ...options, failing: 2 });
    await expect(untilQuiet(seeing({ parked: 3 }), { ...options, failing: 2, within: 20 })).rejects.toThrow(NotQuiet);
  });
  it('while documents wait for their time to be settled, unless that is waited for, too', async () => {
    expect((await untilQuiet(seeing({ settling: 1 }), options)).waitedFor).toBe('nothing');
    const eyes = seeing({ settling: 1 }, { settling: 1 }, {}, {});
    const { waitedFor } = await untilQuiet(eyes, { ...options, settled: true, settledFor: 0 });
    expect(waitedFor).toContain('1 documents wait for their time');
    expect(eyes.looks()).toBe(4);
  });
  it('not when a consumer was given something between two looks', async () => {
    const eyes = seeing({}, { given: 13 }, { given: 14 }, { given: 14 });
    await untilQuiet(eyes, options);
    expect(eyes.looks()).toBe(4);
  });
  it('and settled only when it has been so for a while', async () => {
    const eyes = seeing({}, {}, {}, { given: 13 }, {});
    const begun = performance.now();
    await untilQuiet(eyes, { ...options, every: 5, settled: true, settledFor: 1_000 });
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    expect(eyes.looks()).toBeGreaterThan(5);
  });
  it.each<[string, Look]>([
    ['1 pending', { pending: 1 }],
    ['1 under way', { underWay: 1 }],
    ['1 events wait in outboxes', { waiting: 1 }],
    ['1 are parked', { parked: 1 }],
  ])('never with %s, and says so', async (says, look) => {
    await expect(untilQuiet(seeing(look), { ...options, within: 20 })).rejects.toThrow(says);
  });
});
