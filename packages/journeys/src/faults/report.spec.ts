import { describe, expect, it } from 'vitest';
import { soundHistory } from './check/recorded.fixture.ts';
import { tellOutcome } from './report.ts';
import type { Outcome } from './run.ts';

const outcome: Outcome = {
  ...{ seed: 'a-seed', commands: 412, acknowledged: 301, refused: 108, unanswered: 3, retries: 77, askedLater: 35, seconds: 20 },
  ...{ commandsAsked: 400, rateAsked: 60, kills: 9, killsAsked: 10, killsByPart: { tenders: 5, nats: 4 }, failedStarts: 2 },
  ...{ troubles: { freeze: 2, forget: 1, cut: 4, slow: 6 }, troublesAsked: 13, poisons: 14, deadLetters: 15, parked: 1 },
  ...{ events: 901, notifications: 502, redelivered: 16, quietAfter: 6_500, waitedFor: '3 events wait in outboxes' },
  replays: {
    'full replay': { consumers: 17, took: 8_200, differences: [] },
    'projections rebuilt': { consumers: 11, took: 9_000, differences: ['matching.firms: 1 documents differ'] },
  },
  ...{ lettersWrong: ['dead-letters list ended with 1'], rollingAsked: 60 },
  rolled: {
    ...{ requests: 600, seconds: 10, firstTries: { '503': 1 }, sentAgain: 4, failed: 0, longest: 812 },
    handovers: { tenders: 900 },
  },
  violations: [{ rule: 'a lot goes to one bid', says: 't1 went to two', about: 't1' }],
  failings: ['1 violations', 'only 9 of 10 kills met the run'],
  logged: ['tenders: it cannot reach the database'],
  history: soundHistory(),
};

describe('what a run found', () => {
  const told = tellOutcome(outcome);

  it.each([
    ['its seed, by which it is repeated', /^seed +a-seed$/m],
    ['its commands', /^commands +412 \(301 acknowledged, 108 refused, 3 unanswered\)$/m],
    ['how fast they were sent', /20\.6 \(at most 60 were to be sent\)/],
    ['its kills', /9 \(tenders 5, nats 4\); 2 starts failed/],
    ['its troubles', /freeze 2, forget 1, cut 4, slow 6/],
    ['when it was quiet, and what it waited for', /6\.5 s .*3 events wait in outboxes/],
    ['a replay that changed nothing', /17 consumers heard everything again in 8\.2 s: all is as it was/],
    ['what a replay changed', /^PROJECTIONS REBUILT {2}matching\.firms: 1 documents differ$/m],
    [
      'what restarts cost',
      /600 requests \(60\/s\), failed for good: 0; not at the first try: \{"503":1\}; on a connection just closed: 4/,
    ],
    ['why it failed', /^verdict +1 violations; only 9 of 10 kills met the run$/m],
    ['what services logged', /^tenders: it cannot reach the database$/m],
  ])('is told with %s', (_what, line) => expect(told).toMatch(line));

  it('is told with each violation and the history of its document', () => {
    expect(told).toContain('VIOLATION  a lot goes to one bid\n  t1 went to two\n');
    const [, history = ''] = told.split('history of t1\n');
    expect(history).toMatch(/umuhuza\.tenders\.TenderPublished\.v1 1 \(t1-1/);
    expect(history).toMatch(/#\d+ .* by /);
  });

  it('is told in a line each when everything held', () => {
    const sound = tellOutcome({ ...outcome, replays: {}, violations: [], failings: [], logged: [], lettersWrong: [] });
    expect(sound).toMatch(/^verdict +everything held$/m);
    expect(sound).not.toContain('VIOLATION');
    expect(sound).not.toContain('history of');
  });
});
