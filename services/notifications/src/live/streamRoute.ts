import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { callerOf } from '@umuhuza/service/caller';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { refuse } from '../problems.ts';
import { type ReaderDeps, readerOf } from '../readers.ts';
import { toView } from '../views.ts';
import type { LiveInbox } from './liveInbox.ts';
import { readPosition, writePosition } from './position.ts';

export type StreamDeps = ReaderDeps & { readonly live: LiveInbox; readonly logger: Logger };

/** Pages of one person on one replica; more are a fault of the page. */
const pagesOfOne = 20;
/** Milliseconds. */
const heartbeatEvery = 15_000;
/** How long a page waits before it comes back. */
const comeBackAfter = 2_000;
/** Bytes that may wait for a slow line before it is cut. */
const tooMuchWaiting = 1024 ** 2;
/** What a timer can wait at most, in milliseconds. */
const longestWait = 2 ** 31 - 1;

/** Server-sent events. It ends when the token does, when the service stops, or when the line is too slow, and says which. */
export const streamRoute =
  ({ live, logger, ...readers }: StreamDeps): RequestHandler =>
  async (req, res) => {
    const { user, tokenEndsAt = Date.now() } = callerOf(req);
    const query = notificationsApi.stream.query.safeParse(req.query);
    if (!query.success) {
      const issues = query.error.issues.map(({ path, message }) => ({ path: ['query', ...path.map(String)].join('.'), message }));
      return sendProblem(res, commonProblem(req, 'invalid-request', { issues }));
    }
    const lastEventId = req.get('last-event-id');
    const place = lastEventId ? readPosition(lastEventId) : undefined;
    if (place === 'unknown-position') return sendProblem(res, refuse(req, place));
    if (live.watchedBy(user) >= pagesOfOne) return sendProblem(res, commonProblem(req, 'too-many-requests'));

    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    if (req.method === 'HEAD') return void res.end();
    const send = (event: string, data: unknown, id?: string) => {
      if (res.writableEnded) return;
      res.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (event !== 'end' && res.writableLength > tooMuchWaiting) end('too-slow');
    };
    const end = (reason: string) => {
      send('end', { reason });
      res.end();
    };
    res.write(`retry: ${comeBackAfter}\n\n`);

    const heartbeat = setInterval(() => res.write(':\n\n'), heartbeatEvery);
    const tokenEnd = setTimeout(() => end('token-ended'), Math.min(Math.max(tokenEndsAt - Date.now(), 0), longestWait));
    let gone = false;
    let leave: () => void = () => undefined;
    res.once('close', () => {
      gone = true;
      clearInterval(heartbeat);
      clearTimeout(tokenEnd);
      leave();
    });
    try {
      const watching = await live.watch(
        user,
        place,
        async (one) => {
          const reader = await readerOf(readers, user);
          return toView(one, { ...reader, language: query.data.language ?? reader.language });
        },
        {
          notification: (view, position) => send('notification', view, writePosition(position)),
          counts: (counts, position) => send('counts', counts, writePosition(position)),
          end,
        },
      );
      leave = watching.leave;
      if (gone) leave();
    } catch (error) {
      // The answer has begun, so it can only be cut; the page comes back with its place.
      logger.warn({ err: error }, 'a stream could not be brought up to date');
      res.destroy();
    }
  };
