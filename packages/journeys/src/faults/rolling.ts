import { setTimeout as delay } from 'node:timers/promises';
import type { RunningSystem } from '@umuhuza/local/system';
import type { Company } from '../door.ts';
import { type Lines, onceMoreIfCut, type Reply } from './http.ts';

export type Rolled = {
  readonly requests: number;
  readonly seconds: number;
  /** Requests that were not answered well at the first try, by what came instead. */
  readonly firstTries: Readonly<Record<string, number>>;
  /** Requests that went out on a kept connection that had just been closed, and were sent once more at once. */
  readonly sentAgain: number;
  /** Requests that no repetition with the same key brought through. */
  readonly failed: number;
  /** The longest time from the first try to the answer, in milliseconds. */
  readonly longest: number;
  /** By service: milliseconds from the start of its new process until the old one had ended by SIGTERM. */
  readonly handovers: Readonly<Record<string, number>>;
};

const patience = 30_000;

/** Restarts each service with SIGTERM, one after the other, while clients write and read through the door. */
export const restartUnderLoad = async (
  system: RunningSystem,
  lines: Lines,
  companies: readonly Company[],
  rate: number,
): Promise<Rolled> => {
  const port = system.portOf('portal');
  const firstTries: Record<string, number> = {};
  const handovers: Record<string, number> = {};
  const under = new Set<Promise<void>>();
  let requests = 0;
  let failed = 0;
  const sentAgainBefore = lines.sentAgain();
  let longest = 0;
  let going = true;

  const lists = ['tenders', 'matching/interests', 'sandbox/slots', 'notifications'].map((path) => `/api/${path}?limit=1`);
  const paths = ['/api/profiles/mine', ...lists];

  const send = async (n: number) => {
    const company = companies[n % companies.length] as Company;
    const writes = n % 2 === 0;
    const begun = performance.now();
    for (let first = true; ; first = false) {
      let said: string;
      try {
        const authorization = await onceMoreIfCut(company.token);
        const reply: Reply = await lines.call({
          port,
          method: writes ? 'POST' : 'GET',
          path: writes ? '/api/tenders' : (paths[n % paths.length] as string),
          headers: { authorization, ...(writes ? { 'idempotency-key': `rolling-${n}` } : {}) },
          ...(writes ? { body: { title: `Rolling ${n} (demonstration)` } } : {}),
        });
        if (reply.status < 300) break;
        said = String(reply.status);
      } catch (error) {
        said = (error as Error).message;
      }
      if (first) firstTries[said] = (firstTries[said] ?? 0) + 1;
      if (performance.now() - begun > patience) {
        failed += 1;
        return;
      }
      await delay(100);
    }
    longest = Math.max(longest, performance.now() - begun);
  };

  const begun = performance.now();
  const load = (async () => {
    while (going) {
      const due = ((performance.now() - begun) / 1_000) * rate;
      while (requests < due && under.size < 500) {
        const sent: Promise<void> = send(requests++).finally(() => under.delete(sent));
        under.add(sent);
      }
      await delay(10);
    }
    await Promise.all(under);
  })();

  for (const service of system.parts.filter((part) => part !== 'nats' && part !== 'mongo')) {
    await delay(1_000);
    const asked = performance.now();
    await system.restart(service, 'SIGTERM');
    handovers[service] = Math.round(performance.now() - asked);
  }
  await delay(1_000);
  going = false;
  const seconds = (performance.now() - begun) / 1_000;
  await load;
  const sentAgain = lines.sentAgain() - sentAgainBefore;
  return { requests, seconds, firstTries, sentAgain, failed, longest: Math.round(longest), handovers };
};
