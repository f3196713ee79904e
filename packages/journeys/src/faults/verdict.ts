import type { Violation } from './history.ts';
import type { Replayed } from './replay.ts';
import type { Rolled } from './rolling.ts';

/** What a run must show: how much was asked of it, and what came of that. */
export type Shown = {
  readonly commands: number;
  readonly commandsAsked: number;
  readonly acknowledged: number;
  readonly askedLater: number;
  readonly kills: number;
  readonly killsAsked: number;
  /** By their kind. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly troublesAsked: number;
  /** Milliseconds from when the last process was up again until nothing was under way. */
  readonly quietAfter: number;
  readonly replays: Readonly<Record<string, Pick<Replayed, 'differences'>>>;
  readonly lettersWrong: readonly string[];
  readonly rolled?: Rolled;
  /** Requests a second that were to be sent while services were restarted. */
  readonly rollingAsked: number;
  readonly violations: readonly Violation[];
};

/** Convergence: projections equal their source this soon after the last restart, in milliseconds. */
export const convergesWithin = 5_000;
/** Of the commands of the scenes about three in ten are refused by the rules; far fewer acknowledgements mean that little was tried. */
const leastAcknowledged = 0.5;

/** The share of the rate that was asked for that must have been sent while services were restarted. */
const leastOfRate = 0.9;

/**
 * The share of the requests that may meet a kept connection which the door has just closed. That is the client's bad luck as long as it is rare;
 * a door that cuts what it works on shows itself in the same way.
 */
const mostStale = 0.01;
const fewStale = 5;

/** Why a run failed, in words; empty when it showed what it must. A run in which nothing happened has shown nothing. */
export const failingsOf = (shown: Shown): string[] => {
  const {
    commands,
    commandsAsked,
    acknowledged,
    askedLater,
    kills,
    killsAsked,
    troubles,
    troublesAsked,
    quietAfter,
    replays,
    lettersWrong,
    rolled,
    rollingAsked,
    violations,
  } = shown;
  const failings: string[] = [...lettersWrong];
  if (violations.length > 0) failings.push(`${violations.length} violations`);
  for (const [what, { differences }] of Object.entries(replays))
    if (differences.length > 0) failings.push(`${what}: ${differences.length} differences`);
  if (commands < commandsAsked) failings.push(`only ${commands} of ${commandsAsked} commands were sent`);
  if (acknowledged < commands * leastAcknowledged || acknowledged === 0)
    failings.push(`only ${acknowledged} of ${commands} commands were acknowledged`);
  if (askedLater === 0) failings.push('no command was sent again at the end');
  if (kills < killsAsked) failings.push(`only ${kills} of ${killsAsked} kills met the run`);
  const troubled = Object.values(troubles).reduce((sum, n) => sum + n, 0);
  if (troubled < troublesAsked) failings.push(`only ${troubled} of ${troublesAsked} troubles met the run`);
  if (quietAfter > convergesWithin)
    failings.push(
      `quiet ${(quietAfter / 1_000).toFixed(1)} s after all were killed at once instead of within ${convergesWithin / 1_000} s`,
    );
  const untold = Object.values(rolled?.firstTries ?? {}).reduce((sum, n) => sum + n, 0);
  if (rolled && untold + rolled.failed > 0)
    failings.push(`${untold} requests failed at the first try and ${rolled.failed} for good while services were restarted`);
  if (rolled && rolled.sentAgain > Math.max(fewStale, rolled.requests * mostStale))
    failings.push(
      `${rolled.sentAgain} of ${rolled.requests} requests were cut before their answer while services were restarted`,
    );
  const rate = rolled ? rolled.requests / rolled.seconds : rollingAsked;
  if (rate < rollingAsked * leastOfRate)
    failings.push(`only ${rate.toFixed(0)} requests a second were sent while services were restarted, not ${rollingAsked}`);
  return failings;
};
