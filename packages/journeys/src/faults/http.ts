import { Agent, request } from 'node:http';

export type Call = {
  readonly port: number;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds after sending at which the caller hangs up without waiting for the answer. */
  readonly hangUpAfter?: number;
};

export type Reply = { readonly status: number; readonly body: unknown };

/** No answer came: the process died, the line was cut, or it took too long. */
export class NoReply extends Error {
  override readonly name: string = 'NoReply';
}

/** A connection that was kept had been closed meanwhile. */
class StaleConnection extends NoReply {}

const patience = 10_000;
/** What is said of an answer that did not come in time. */
export const tookTooLong = 'it took too long';

const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(String(error.code));

/** `fetch` keeps connections, too, and does not tell whether the one that was cut was kept: what it was to do is done once more. */
export const onceMoreIfCut = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError && isCut(error.cause)) return work();
    throw error;
  }
};

/**
 * Plain HTTP with kept connections, at which a caller can hang up half way. A kept connection may be closed from the other side just when it
 * is used again: such a request is sent once more, as every client does, if nothing of an answer has come.
 */
export const openLines = () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let sentAgain = 0;
  const call = async (asked: Call): Promise<Reply> => {
    try {
      return await callOnce(asked);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      sentAgain += 1;
      return callOnce(asked);
    }
  };
  const callOnce = ({ port, method, path, headers, body, hangUpAfter }: Call): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const req = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          path,
          method,
          timeout: patience,
          headers: {
            ...headers,
            ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.once('error', (error) => reject(new NoReply(error.message)));
          res.once('end', () => {
            const said = Buffer.concat(chunks).toString('utf8');
            const isJson = /json/.test(res.headers['content-type'] ?? '');
            try {
              resolve({ status: res.statusCode ?? 0, body: isJson && said !== '' ? (JSON.parse(said) as unknown) : said });
            } catch (error) {
              reject(new NoReply(`the answer broke off: ${(error as Error).message}`));
            }
          });
        },
      );
      req.once('timeout', () => req.destroy(new NoReply(tookTooLong)));
      let answered = false;
      req.once('response', () => {
        answered = true;
      });
      req.once('error', (error) => {
        if (error instanceof NoReply) reject(error);
        else
          reject(req.reusedSocket && !answered && isCut(error) ? new StaleConnection(error.message) : new NoReply(error.message));
      });
      req.end(text, () => {
        if (hangUpAfter !== undefined) setTimeout(() => req.destroy(new NoReply('hung up')), hangUpAfter);
      });
    });
  return { call, sentAgain: () => sentAgain, close: () => agent.destroy() };
};
export type Lines = ReturnType<typeof openLines>;
