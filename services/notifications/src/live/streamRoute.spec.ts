import { EventEmitter } from 'node:events';
import { rememberCaller } from '@umuhuza/service/caller';
import { createLogger } from '@umuhuza/service/logger';
import type { Request, Response } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Directory } from '../directory.ts';
import type { PreferencesBook } from '../preferencesBook.ts';
import type { LiveInbox, Page } from './liveInbox.ts';
import { startAt } from './position.ts';
import { streamRoute } from './streamRoute.ts';

/** One open stream, with what was written to the line and the page that the live inbox would tell. */
const open = async ({ tokenLasts = 900_000 } = {}) => {
  const written: string[] = [];
  const res = Object.assign(new EventEmitter(), {
    writableEnded: false,
    writableLength: 0,
    writeHead: () => res,
    write: (text: string) => written.push(text),
    end: () => {
      res.writableEnded = true;
      res.emit('close');
    },
  });
  const req = { headers: {}, query: {}, method: 'GET', get: () => undefined };
  rememberCaller(req, { user: 'reader', programmeStaff: false, tokenEndsAt: Date.now() + tokenLasts });
  let page: Page | undefined;
  let left = false;
  const live: LiveInbox = {
    watch: async (_person, _place, _view, opened) => {
      page = opened;
      return {
        leave: () => {
          left = true;
        },
      };
    },
    watchedBy: () => 0,
    look: async () => undefined,
    nudge: () => undefined,
    stop: async () => undefined,
  };
  const route = streamRoute({
    live,
    logger: createLogger('notifications', 'silent'),
    preferences: {} as PreferencesBook,
    directory: {} as Directory,
  });
  await route(req as unknown as Request, res as unknown as Response, () => undefined);
  return {
    written,
    res,
    counts: (n: number) => page?.counts({ unread: n, unseen: n }, startAt('2026-11-23T12:00:00.000Z')),
    left: () => left,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an open stream', () => {
  it('is kept alive by a comment every fifteen seconds', async () => {
    const { written } = await open();
    const heartbeats = () => written.filter((text) => text === ':\n\n').length;
    vi.advanceTimersByTime(14_999);
    expect(heartbeats()).toBe(0);
    vi.advanceTimersByTime(1 + 15_000);
    expect(heartbeats()).toBe(2);
  });

  it('ends at the instant the token does, and says so', async () => {
    const { written, res } = await open({ tokenLasts: 60_000 });
    vi.advanceTimersByTime(59_999);
    expect(res.writableEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(written.at(-1)).toBe('event: end\ndata: {"reason":"token-ended"}\n\n');
    expect(res.writableEnded).toBe(true);
  });

  it('is cut when the line is too slow for what waits, and says why', async () => {
    const { written, res, counts } = await open();
    counts(1);
    expect(res.writableEnded).toBe(false);
    res.writableLength = 1024 ** 2 + 1;
    counts(2);
    expect(written.at(-1)).toBe('event: end\ndata: {"reason":"too-slow"}\n\n');
    expect(res.writableEnded).toBe(true);
  });

  it('leaves nothing behind when the page goes', async () => {
    const { written, res, left } = await open();
    res.emit('close');
    const before = written.length;
    vi.advanceTimersByTime(3_600_000);
    expect(written).toHaveLength(before);
    expect(left()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
