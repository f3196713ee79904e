import { tellHistoryOf } from './check/checker.ts';
import { outcomeOf } from './history.ts';
import type { Outcome } from './run.ts';

/** Violations that are told, each with the history of its document; the others are counted. */
const mostTold = 200;

/** What a run found, for people. */
export const tellOutcome = (outcome: Outcome): string => {
  const { history, violations, rolled } = outcome;
  const rows: readonly (readonly [string, string])[] = [
    ['seed', outcome.seed],
    [
      'commands',
      `${outcome.commands} (${outcome.acknowledged} acknowledged, ${outcome.refused} refused, ${outcome.unanswered} unanswered)`,
    ],
    ['commands a second', `${(outcome.commands / outcome.seconds).toFixed(1)} (at most ${outcome.rateAsked} were to be sent)`],
    ['sent again for want of an answer', `${outcome.retries}`],
    ['sent again at the end', `${outcome.askedLater}, after all processes were killed once more`],
    [
      'kills -9',
      `${outcome.kills} (${Object.entries(outcome.killsByPart)
        .map(([part, n]) => `${part} ${n}`)
        .join(', ')}); ${outcome.failedStarts} starts failed meanwhile`,
    ],
    [
      'troubles',
      Object.entries(outcome.troubles)
        .map(([kind, n]) => `${kind} ${n}`)
        .join(', '),
    ],
    ['events', `${outcome.events}, ${outcome.redelivered} delivered again`],
    ['notifications', `${outcome.notifications}`],
    ['poisoned messages', `${outcome.poisons}, ${outcome.deadLetters} dead letters, ${outcome.parked} wait for their next try`],
    [
      'quiet after all were killed at once',
      `${(outcome.quietAfter / 1_000).toFixed(1)} s (aim: at most 5 s); it waited for ${outcome.waitedFor}`,
    ],
    [
      'dead letters listed, shown, replayed, dropped',
      outcome.lettersWrong.length === 0 ? 'by npm run dead-letters, as they should' : `${outcome.lettersWrong.length} faults`,
    ],
    ...Object.entries(outcome.replays).map(
      ([what, { consumers, took, differences }]) =>
        [
          what,
          `${consumers} consumers heard everything again in ${(took / 1_000).toFixed(1)} s: ${differences.length === 0 ? 'all is as it was' : `${differences.length} differences`}`,
        ] as const,
    ),
    ...(rolled
      ? [
          [
            'rolling SIGTERM',
            `${rolled.requests} requests (${(rolled.requests / rolled.seconds).toFixed(0)}/s), failed for good: ${rolled.failed}; not at the first try: ${JSON.stringify(rolled.firstTries)}; on a connection just closed: ${rolled.sentAgain}; longest ${rolled.longest} ms; handed over in (ms) ${JSON.stringify(rolled.handovers)}`,
          ] as const,
        ]
      : []),
    ['violations', `${violations.length}`],
    ['verdict', outcome.failings.length === 0 ? 'everything held' : outcome.failings.join('; ')],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  for (const [what, { differences }] of Object.entries(outcome.replays))
    for (const difference of differences) lines.push('', `${what.toUpperCase()}  ${difference}`);
  const told = violations.slice(0, mostTold);
  for (const { rule, says } of told) lines.push('', `VIOLATION  ${rule}`, `  ${says}`);
  for (const { n, what, at, tries, effect, about } of history.commands
    .filter((one) => outcomeOf(one) === 'unanswered')
    .slice(0, 10))
    lines.push('', `UNANSWERED  #${n} ${what}, sent ${tries} times from ${at} on: ${effect} (${about ?? 'nothing yet'})`);
  const abouts = [...new Set(told.flatMap(({ about }) => (about === undefined ? [] : [about])))];
  for (const about of abouts) lines.push('', tellHistoryOf(history, about));
  if (outcome.logged.length > 0) lines.push('', 'what services logged since the last command', ...outcome.logged);
  return `${lines.join('\n')}\n`;
};
