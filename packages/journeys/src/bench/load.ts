import { Agent, request } from 'node:http';

export type Shot = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Connections kept open at once; each asks again as soon as it is answered. */
export const shooter = (connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  /** The status of the answer, after its body was read. */
  const shoot = ({ port, path, headers, body }: Shot): Promise<number> =>
    new Promise((resolve, reject) => {
      const req = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          path,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (res) => {
          res.resume();
          res.once('end', () => resolve(res.statusCode ?? 0));
        },
      );
      req.once('error', reject);
      req.end(body);
    });
  return {
    shoot,
    /** Answers a second over `count` requests, all of which must be answered with `expected` or one of these. */
    rate: async (count: number, expected: number | readonly number[], shot: (n: number) => Shot): Promise<number> => {
      let next = 0;
      const begun = performance.now();
      const lane = async () => {
        for (let n = next++; n < count; n = next++) {
          const status = await shoot(shot(n));
          if (![expected].flat().includes(status)) throw new Error(`answered ${status} where ${expected} was expected`);
        }
      };
      await Promise.all(Array.from({ length: connections }, lane));
      return count / ((performance.now() - begun) / 1_000);
    },
    end: () => agent.destroy(),
  };
};
