import { connect } from 'node:net';

/** What a part still lacks, or undefined when it is ready. */
export type Probe = () => Promise<string | undefined>;

const patience = 2_000;

/** Ready when something accepts connections; with `greeting`, when it says that first. */
export const tcpProbe =
  (port: number, greeting?: string): Probe =>
  () =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', timeout: patience });
      const answer = (lacks: string | undefined) => {
        socket.destroy();
        resolve(lacks);
      };
      socket.once('error', () => answer('it does not listen yet'));
      socket.once('timeout', () => answer('it does not answer'));
      socket.once('close', () => resolve('it closed the connection'));
      if (greeting === undefined) socket.once('connect', () => answer(undefined));
      else
        socket.once('data', (data) => answer(data.toString().startsWith(greeting) ? undefined : 'something else answers there'));
    });

/** Ready when the address answers 200; the problem it answers with otherwise says what is missing. */
export const httpProbe =
  (url: string): Probe =>
  async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(patience), headers: { connection: 'close' } });
      const text = await response.text();
      return response.ok ? undefined : detailOf(text);
    } catch {
      return 'it does not answer yet';
    }
  };

const detailOf = (text: string): string => {
  try {
    const problem: unknown = JSON.parse(text);
    if (problem && typeof problem === 'object' && 'detail' in problem && typeof problem.detail === 'string')
      return problem.detail;
  } catch {
    // Not JSON: nothing in it that helps a person.
  }
  return 'it is not ready yet';
};
