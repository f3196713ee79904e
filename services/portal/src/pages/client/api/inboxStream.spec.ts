import { describe, expect, it } from 'vitest';
import { followInbox, type StreamEvent } from './inboxStream.ts';

const streamOf = (...parts: string[]) =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    }),
    { headers: { 'content-type': 'text/event-stream' } },
  );

/** Follows until the answers are used up. */
const follow = async (from: string | undefined, answers: (Response | Error)[], lostPlace?: string) => {
  const asked: (string | undefined)[] = [];
  const events: StreamEvent[] = [];
  const waits: number[] = [];
  const leaving = new AbortController();
  await followInbox(from, {
    open: async (place) => {
      asked.push(place);
      const answer = answers.shift();
      if (answers.length === 0) leaving.abort();
      if (answer instanceof Error || !answer) throw answer ?? new Error('asked too often');
      return answer;
    },
    onEvent: (event) => events.push(event),
    onLostPlace: async () => lostPlace,
    signal: leaving.signal,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return { asked, events, waits };
};

describe('following the inbox', () => {
  it('begins where the list ended, and goes on after the last event it read', async () => {
    const { asked, events } = await follow('p1', [
      streamOf('id: p2\nevent: notification\ndata: {"subject":"Aw', 'ard"}\n\n', ': alive\n\n'),
      streamOf(),
    ]);
    expect(asked).toEqual(['p1', 'p2']);
    expect(events).toEqual([{ event: 'notification', data: { subject: 'Award' } }]);
  });

  it('waits longer after each lost connection, and is patient for half a minute at most', async () => {
    const lost = new TypeError('network');
    const { waits, asked } = await follow('p1', [lost, lost, lost, lost, lost, lost, lost, streamOf()]);
    expect(asked).toEqual(Array(8).fill('p1'));
    expect(waits[0]).toBeGreaterThanOrEqual(1_500);
    expect(waits[2]).toBeGreaterThan(waits[0] ?? 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(37_500);
  });

  it('reads the list anew when its place is not known any more', async () => {
    const { asked } = await follow('gone', [new Response('{}', { status: 404 }), streamOf()], 'p9');
    expect(asked).toEqual(['gone', 'p9']);
  });

  it('comes back when the service is away for a while', async () => {
    const { asked, events } = await follow('p1', [
      new Response('{}', { status: 503 }),
      streamOf('event: counts\ndata: {"unread":1}\n\n'),
      streamOf(),
    ]);
    expect(asked).toEqual(['p1', 'p1', 'p1']);
    expect(events).toEqual([{ event: 'counts', data: { unread: 1 } }]);
  });
});
