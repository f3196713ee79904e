import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { addEvidence, giveFeedback } from './addToReport.ts';
import { finishReport, mayFinish } from './finishReport.ts';
import { handOverReport } from './handOverReport.ts';
import { moveFinding } from './moveFinding.ts';
import {
  evolve,
  type FindingAct,
  type FindingStatus,
  type KnownReport,
  noReport,
  type Report,
  type ReportFact,
} from './report.ts';

const at = '2026-11-23T12:00:00.000Z';
const tested = {
  environmentId: 'env-1',
  slotId: 'slot-1',
  title: 'Mobile money room',
  host: { organisationId: 'host', name: 'Demonstration Ltd' },
  guest: { organisationId: 'guest', name: 'Demonstration GmbH' },
  mayBeNamed: true,
  product: 'Demonstration wallet',
  startsAt: '2026-11-23T07:00:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
};
const over = {
  reportId: 'b-1',
  tested,
  summary: 'Eight paid and were paid.',
  findings: [{ title: 'Only in English', severity: 'medium' as const }],
  at,
};
const handedOver: ReportFact = {
  type: 'ReportHandedOver',
  ...over,
  findings: [{ id: 'f1', title: 'Only in English', severity: 'medium' }],
};
const after = (...facts: ReportFact[]): KnownReport => [handedOver, ...facts].reduce(evolve, noReport) as KnownReport;
const moved = (
  by: 'host' | 'guest',
  act: FindingAct,
  to: FindingStatus,
  outcome?: 'upheld' | 'withdrawn',
  text: string | null = act === 'approve' || act === 'settle' ? null : 'Because',
): ReportFact => ({
  type: 'FindingMoved',
  findingId: 'f1',
  to,
  ...(outcome === undefined ? {} : { outcome }),
  by,
  act,
  text,
  at,
});
const approved = moved('guest', 'approve', 'approved');
const rejected = moved('guest', 'reject', 'rejected');
const asked = moved('guest', 'ask', 'information-asked');
const disputed = moved('host', 'dispute', 'disputed');
const finished: ReportFact = { type: 'ReportFinished', digest: 'd', signature: 's', at };
const states: Record<FindingStatus, KnownReport> = {
  new: after(),
  approved: after(approved),
  rejected: after(rejected),
  'information-asked': after(asked),
  disputed: after(rejected, disputed),
  settled: after(rejected, disputed, moved('guest', 'settle', 'settled', 'upheld')),
};
const say = (report: Report, by: string, act: FindingAct, text: string | null = 'Because', findingId = 'f1') =>
  given(report).when(moveFinding, { findingId, act, text, by, at });

describe('handing a report over', () => {
  it('numbers its findings, once', () => {
    given(noReport as Report)
      .when(handOverReport, over)
      .then(handedOver);
    given(after()).when(handOverReport, over).thenNothing();
    expect(after().findings).toEqual([{ id: 'f1', title: 'Only in English', severity: 'medium', status: 'new', talk: [] }]);
  });
});

describe('a finding', () => {
  const leads: [FindingStatus, 'host' | 'guest', FindingAct, ReportFact][] = [
    ['new', 'guest', 'approve', moved('guest', 'approve', 'approved', undefined, 'Because')],
    ['new', 'guest', 'reject', rejected],
    ['new', 'guest', 'ask', asked],
    ['information-asked', 'host', 'answer', moved('host', 'answer', 'new')],
    ['information-asked', 'guest', 'approve', moved('guest', 'approve', 'approved', undefined, 'Because')],
    ['information-asked', 'guest', 'reject', rejected],
    ['rejected', 'host', 'dispute', disputed],
    ['disputed', 'guest', 'settle', moved('guest', 'settle', 'settled', 'upheld', 'Because')],
    ['disputed', 'host', 'settle', moved('host', 'settle', 'settled', 'withdrawn', 'Because')],
  ];
  it.each(leads)('that is %s: the %s may %s', (status, by, act, fact) => say(states[status], by, act).then(fact));

  it('answers every other word in every status with a named no', () => {
    const acts: FindingAct[] = ['approve', 'reject', 'ask', 'answer', 'dispute', 'settle'];
    let refused = 0;
    for (const status of Object.keys(states) as FindingStatus[])
      for (const by of ['host', 'guest'] as const)
        for (const act of acts) {
          if (leads.some((lead) => lead[0] === status && lead[1] === by && lead[2] === act)) continue;
          const { decision } = say(states[status], by, act, 'Another word');
          expect(decision, `${status} ${by} ${act}`).toMatchObject({
            refused: expect.stringMatching(/^(not-the-(host|guest)|finding-not-open-to-this)$/),
          });
          refused += 1;
        }
    expect(refused).toBe(6 * 2 * 6 - leads.length);
  });

  it('stays quiet when the same is said twice', () => {
    say(states.approved, 'guest', 'approve', null).thenNothing();
    say(states.rejected, 'guest', 'reject').thenNothing();
    say(states.disputed, 'host', 'dispute').thenNothing();
    say(states.settled, 'guest', 'settle', null).thenNothing();
  });
  it('needs words to be rejected, asked about, answered and disputed', () => {
    for (const [status, by, act] of [
      ['new', 'guest', 'reject'],
      ['new', 'guest', 'ask'],
      ['information-asked', 'host', 'answer'],
      ['rejected', 'host', 'dispute'],
    ] as const)
      say(states[status], by, act, null).thenRefused('reason-needed');
    say(states.new, 'guest', 'approve', null).then(approved);
  });
  it('is not talked about without end', () => {
    const talk = Array.from({ length: 10 }, (_, n) => [
      { ...asked, text: `Question ${n}` } as ReportFact,
      { ...moved('host', 'answer', 'new'), text: `Answer ${n}` } as ReportFact,
    ]).flat();
    say(after(...talk), 'guest', 'ask').thenRefused('too-much-said');
    say(after(...talk), 'guest', 'approve', null).then(approved);
  });
  it('that is none is said to be none', () => say(states.new, 'guest', 'approve', null, 'f2').thenRefused('no-such-finding'));
});

describe('evidence and feedback', () => {
  const evidence = { sha256: 'a'.repeat(64), name: 'screen.png', bytes: 10, findingId: 'f1', addedAt: at };
  const feedback = { tester: 'Trader 1', rating: 4, at };
  it('come from the host, the same file once, and only so many', () => {
    given(after() as Report)
      .when(addEvidence, { evidence, by: 'host', at })
      .then({ type: 'EvidenceAdded', evidence });
    given(after({ type: 'EvidenceAdded', evidence }) as Report)
      .when(addEvidence, { evidence, by: 'host', at })
      .thenNothing();
    given(after() as Report)
      .when(addEvidence, { evidence: { ...evidence, findingId: 'f2' }, by: 'host', at })
      .thenRefused('no-such-finding');
    given(after() as Report)
      .when(giveFeedback, { feedback, by: 'host', at })
      .then({ type: 'FeedbackGiven', feedback });
    const many = Array.from(
      { length: 20 },
      (_, n): ReportFact => ({ type: 'EvidenceAdded', evidence: { ...evidence, sha256: String(n) } }),
    );
    given(after(...many) as Report)
      .when(addEvidence, { evidence, by: 'host', at })
      .thenRefused('too-much-evidence');
    const said = Array.from({ length: 100 }, (): ReportFact => ({ type: 'FeedbackGiven', feedback }));
    given(after(...said) as Report)
      .when(giveFeedback, { feedback, by: 'host', at })
      .thenRefused('too-much-feedback');
    given(after() as Report)
      .when(addEvidence, { evidence, by: 'guest', at })
      .thenRefused('not-the-host');
    given(after() as Report)
      .when(giveFeedback, { feedback, by: 'guest', at })
      .thenRefused('not-the-host');
  });
});

describe('finishing a report', () => {
  const finish = (report: Report, more: object = {}) =>
    given(report).when(finishReport, { by: 'host', signed: report as KnownReport, digest: 'd', signature: 's', at, ...more });
  it('is the host’s word, when each finding is approved, rejected or settled', () => {
    for (const status of ['approved', 'rejected', 'settled'] as const) finish(states[status]).then(finished);
    for (const status of ['new', 'information-asked', 'disputed'] as const) finish(states[status]).thenRefused('findings-open');
    finish(states.approved, { by: 'guest' }).thenRefused('not-the-host');
  });
  it('waits no longer than fourteen days for a guest that says nothing', () => {
    const fourteenDaysOn = '2026-12-07T12:00:00.000Z';
    finish(states.new, { at: '2026-12-07T11:59:59.999Z' }).thenRefused('findings-open');
    finish(states.new, { at: fourteenDaysOn }).then({ ...finished, at: fourteenDaysOn });
  });
  it('waits fourteen days from the host’s last word, whether that answered the guest or disputed it', () => {
    const later = (fact: ReportFact): ReportFact => ({ ...fact, at: '2026-11-30T12:00:00.000Z' }) as ReportFact;
    const fourteenDaysOn = '2026-12-14T12:00:00.000Z';
    for (const waiting of [after(asked, later(moved('host', 'answer', 'new'))), after(rejected, later(disputed))]) {
      finish(waiting, { at: '2026-12-14T11:59:59.999Z' }).thenRefused('findings-open');
      finish(waiting, { at: fourteenDaysOn }).then({ ...finished, at: fourteenDaysOn });
    }
  });
  it('waits for the host itself as long as it takes: a question it has not answered is never passed over', () =>
    finish(states['information-asked'], { at: '2027-12-07T12:00:00.000Z' }).thenRefused('findings-open'));
  it('leaves a dispute nobody ended as it stands', () => {
    const done = [{ ...finished, at: '2026-12-07T12:00:00.000Z' }].reduce(evolve, states.disputed as Report);
    expect(done).toMatchObject({ status: 'finished', findings: [{ status: 'disputed' }] });
  });
  it('signs what is there, not what was there', () =>
    finish(after(approved, { type: 'FeedbackGiven', feedback: { tester: 'Trader 1', rating: 4, at } }), {
      signed: after(approved),
    }).thenRefused('report-changed'));
  it('happens once, and then nothing changes any more', () => {
    const done = after(approved, finished);
    finish(done).thenNothing();
    expect(done).toMatchObject({ status: 'finished', finishedAt: at, digest: 'd', signature: 's' });
    say(done, 'guest', 'reject').thenRefused('report-finished');
    expect(mayFinish(done, { by: 'host', at })).toEqual({ refused: 'report-finished' });
  });
});

describe('a report of others', () => {
  it('does not exist', () => {
    const evidence = { sha256: 'a', name: 'screen.png', bytes: 10, addedAt: at };
    for (const [report, by] of [
      [after(), 'stranger'],
      [after(approved, finished), 'stranger'],
      [noReport, 'host'],
    ] as [Report, string][]) {
      say(report, by, 'approve').thenRefused('no-such-report');
      given(report).when(addEvidence, { evidence, by, at }).thenRefused('no-such-report');
      given(report)
        .when(giveFeedback, { feedback: { tester: 'x', rating: 1, at }, by, at })
        .thenRefused('no-such-report');
      given(report).when(finishReport, { by, signed: after(), digest: 'd', signature: 's', at }).thenRefused('no-such-report');
    }
  });
});
