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

/**
 * The same around what is written besides an aggregate's one document; not every service has each. `Put`: a projection; `Park`, `Unpark`: an
 * event that failed; `Settle`: whom an event is told; `KeepApart`: the content of a bid, the text of terms; `Draft`: of a bid; `File`: the
 * bytes of a document, `Document`: what a bid's document is; `Account`: what better-auth writes; `Mark`, `Announce`: what is told of that.
 */
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
  'beforeDraft',
  'afterDraft',
  'beforeFile',
  'afterFile',
  'beforeFileGoes',
  'afterFileGoes',
  'beforeDocument',
  'afterDocument',
  'beforeAccount',
  'afterAccount',
  'afterMark',
  'beforeAnnounce',
] as const;
export type Failpoint = (typeof failpoints)[number] | (typeof furtherFailpoints)[number];

/**
 * What `FAILPOINT` asks for, read once so that a process without it pays for nothing:
 * - `afterAck` or `afterAck:3`: the process ends itself with SIGKILL there, at which pass.
 * - `beforeWrite,afterAck:*`: from a SIGUSR2 on, all who pass the first point wait there for ever; from the next one on, all who pass the
 *   next, and so on: one kill -9 finds those of each point standing there.
 * - `*`: nobody is stopped.
 * The last two say each pass on standard error.
 */
const [named = '', pass = '1'] = (process.env.FAILPOINT ?? '').split(':');
const chosen = named.split(',');
let passes = 0;
/** How many of the points in a row have had their signal. */
let signals = 0;

type Pass = (point: Failpoint) => Promise<never> | undefined;

const die: Pass = (point) => {
  if (point === named) passes += 1;
  if (point === named && passes === Number(pass)) process.kill(process.pid, 'SIGKILL');
  return undefined;
};

const say: Pass = (point) => {
  process.stderr.write(`passing ${point}\n`);
  return undefined;
};

const hold: Pass = (point) => {
  if (signals === 0 || point !== chosen[signals - 1]) return undefined;
  say(point);
  return new Promise(() => undefined);
};

const live: Pass = () => undefined;

const chosenFailpoint = (): Pass => {
  if (!named) return live;
  if (named === '*') return say;
  if (pass !== '*') return die;
  process.on('SIGUSR2', () => {
    signals += 1;
    process.stderr.write('holding\n');
  });
  return hold;
};

/** Ends, or stops, whoever passes here when `FAILPOINT` names this point. */
export const failpoint: Pass = chosenFailpoint();

/** Whether what was sent must be on its way before the point is passed: a process that dies takes its unsent bytes along. */
export const isArmed: (point: Failpoint) => boolean = named
  ? (point) => named === '*' || (chosen as readonly string[]).includes(point)
  : () => false;
