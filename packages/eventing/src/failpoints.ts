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
export type Failpoint = (typeof failpoints)[number];

/** `afterAck` or `afterAck:3`: the point, and at which pass. Read once, so that a process without it pays for nothing. */
const [chosen, pass = '1'] = (process.env.FAILPOINT ?? '').split(':');
let passes = 0;

const die = (point: Failpoint): void => {
  if (point !== chosen) return;
  passes += 1;
  if (passes === Number(pass)) process.kill(process.pid, 'SIGKILL');
};

const live = (): void => undefined;

/** Ends the process here with SIGKILL when `FAILPOINT` names this point. */
export const failpoint: (point: Failpoint) => void = chosen ? die : live;

/** Whether what was sent must be on its way before the point is passed: a process that dies takes its unsent bytes along. */
export const isArmed: (point: Failpoint) => boolean = chosen ? (point) => point === chosen : () => false;
