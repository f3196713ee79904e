/** Where a process can be made to die: around the write, the publish, the move out of the outbox, the apply and the ack. */
export const failpoints = [
  'beforeWrite',
  'afterWrite',
  'beforePublish',
  'afterPublish',
  'afterAck',
  'beforeMove',
  'betweenMoves',
  'afterMove',
  'beforeApply',
  'afterApply',
  'beforeAckMessage',
  'afterAckMessage',
] as const;

/** The same around what is written besides an aggregate's one document; not every service has each. */
export const furtherFailpoints = [
  'beforePut',
  'afterPut',
  'beforePark',
  'afterPark',
  'beforeUnpark',
  'afterUnpark',
  'beforeSettle',
  'afterSettle',
  'beforeKeepApart',
  'afterKeepApart',
  'afterMark',
  'beforeAnnounce',
] as const;
export type Failpoint = (typeof failpoints)[number] | (typeof furtherFailpoints)[number];

/**
 * What `FAILPOINT` asks for, read once so that a process without it pays for nothing:
 * - `afterAck` or `afterAck:3`: the process ends itself with SIGKILL there, at which pass.
 * - `afterAck:*`: from a SIGUSR2 on, all who pass wait there for ever, so that one kill -9 finds each of them at this point.
 * - `*`: nobody is stopped.
 * The last two say each pass on standard error.
 */
const [chosen, pass = '1'] = (process.env.FAILPOINT ?? '').split(':');
let passes = 0;
let holds = false;

type Pass = (point: Failpoint) => Promise<never> | undefined;

const die: Pass = (point) => {
  if (point === chosen) passes += 1;
  if (point === chosen && passes === Number(pass)) process.kill(process.pid, 'SIGKILL');
  return undefined;
};

const say: Pass = (point) => {
  process.stderr.write(`passing ${point}\n`);
  return undefined;
};

const hold: Pass = (point) => {
  if (point !== chosen || !holds) return undefined;
  say(point);
  return new Promise(() => undefined);
};

const live: Pass = () => undefined;

const chosenFailpoint = (): Pass => {
  if (!chosen) return live;
  if (chosen === '*') return say;
  if (pass !== '*') return die;
  process.once('SIGUSR2', () => {
    holds = true;
    process.stderr.write('holding\n');
  });
  return hold;
};

/** Ends, or stops, whoever passes here when `FAILPOINT` names this point. */
export const failpoint: Pass = chosenFailpoint();

/** Whether what was sent must be on its way before the point is passed: a process that dies takes its unsent bytes along. */
export const isArmed: (point: Failpoint) => boolean = chosen ? (point) => chosen === '*' || point === chosen : () => false;
