import type { ClientRequest, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Of larger bodies none is kept: they are sent once. In bytes. */
const mostKept = 256 * 1024;
/** A request that ends the service each time it is sent must not be sent for ever. */
const mostTimes = 3;
const pause = 100;

type Sent = { times: number; outgoing?: ClientRequest; overdue: boolean; body: Buffer[] | undefined; readonly since: number };

/**
 * Which requests may be sent again when their connection broke before an answer: reads, and those with an Idempotency-Key, whose
 * repetition does nothing a second time. What they carry is kept until they are answered.
 */
export const createRepeating = (within: number) => {
  const sent = new WeakMap<IncomingMessage, Sent>();

  return {
    /** The request goes out, for the first time or again. */
    sending: (req: IncomingMessage, outgoing: ClientRequest): void => {
      const before = sent.get(req);
      const now: Sent = before ?? { times: 0, overdue: false, since: performance.now(), body: isKeyed(req) ? [] : undefined };
      now.outgoing = outgoing;
      outgoing.once('timeout', () => {
        now.overdue = true;
      });
      if (before) return;
      sent.set(req, now);
      if (now.body) keep(req, now);
    },

    /** Waits a moment and answers how the request is sent again; undefined when it may not be. */
    again: async (error: unknown, req: IncomingMessage): Promise<{ readonly body: Readable | undefined } | undefined> => {
      const now = sent.get(req);
      if (!now || now.overdue || !isBroken(error) || now.times >= mostTimes) return undefined;
      const reads = isReading(req);
      if (!reads && !now.body) return undefined;
      // A kept connection that the service closed just when it was used again is worth one more try however long it took.
      const isStale = now.times === 0 && now.outgoing?.reusedSocket === true;
      if (!isStale && performance.now() - now.since > within) return undefined;
      now.times += 1;
      if (!isStale) await new Promise((resolve) => setTimeout(resolve, pause));
      if (reads) return { body: undefined };
      if (!(await isWhole(req)) || !now.body) return undefined;
      return { body: Readable.from([Buffer.concat(now.body)], { objectMode: false }) };
    },
  };
};

const isReading = (req: IncomingMessage): boolean => req.method === 'GET' || req.method === 'HEAD';
const isKeyed = (req: IncomingMessage): boolean => typeof req.headers['idempotency-key'] === 'string' && !isReading(req);

const isBroken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

const keep = (req: IncomingMessage, now: Sent): void => {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostKept) now.body = undefined;
    now.body?.push(chunk);
  });
};

/** Reads what still comes, now that nobody else does; false when the client left before its end. */
const isWhole = (req: IncomingMessage): Promise<boolean> =>
  new Promise((resolve) => {
    if (req.complete && req.readableEnded) return resolve(true);
    req.once('end', () => resolve(true));
    req.once('close', () => resolve(req.readableEnded));
    req.resume();
  });
