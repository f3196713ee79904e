import { type OfReport, onReport } from './ofReport.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Finding, FindingAct, FindingStatus, Report, ReportFact } from './report.ts';

export type MoveFinding = OfReport & { readonly findingId: string; readonly act: FindingAct; readonly text: string | null };

/** How often the two may speak about one finding: it is kept with the report. */
const mostSaid = 20;

type Step = { readonly to: FindingStatus; readonly outcome?: 'upheld' | 'withdrawn' };

/** Who may do what in which status, and where it leads. What is not here cannot be done. */
const steps: Readonly<Record<FindingStatus, Partial<Readonly<Record<`${'guest' | 'host'} ${FindingAct}`, Step>>>>> = {
  new: {
    'guest approve': { to: 'approved' },
    'guest reject': { to: 'rejected' },
    'guest ask': { to: 'information-asked' },
  },
  'information-asked': {
    'host answer': { to: 'new' },
    'guest approve': { to: 'approved' },
    'guest reject': { to: 'rejected' },
  },
  rejected: { 'host dispute': { to: 'disputed' } },
  disputed: {
    'guest settle': { to: 'settled', outcome: 'upheld' },
    'host settle': { to: 'settled', outcome: 'withdrawn' },
  },
  approved: {},
  settled: {},
};

/** Only the guest judges, only the host answers and disputes. */
const whose: Readonly<Record<FindingAct, 'guest' | 'host' | 'both'>> = {
  approve: 'guest',
  reject: 'guest',
  ask: 'guest',
  answer: 'host',
  dispute: 'host',
  settle: 'both',
};

/** To approve or to give in needs no words; everything else does. */
const needsWords = (act: FindingAct): boolean => act !== 'approve' && act !== 'settle';

export const moveFinding = (report: Report, { findingId, act, text, ...command }: MoveFinding): readonly ReportFact[] | Refused =>
  onReport(report, command, ({ findings }, as) => {
    if (whose[act] !== 'both' && whose[act] !== as) return refuse(as === 'host' ? 'not-the-guest' : 'not-the-host');
    const finding = findings.find(({ id }) => id === findingId);
    if (!finding) return refuse('no-such-finding');
    if (needsWords(act) && text === null) return refuse('reason-needed');
    if (isRepeated(finding, as, act, text)) return [];
    const step = steps[finding.status][`${as} ${act}`];
    if (!step) return refuse('finding-not-open-to-this', `This finding is ${finding.status.replace('-', ' ')}.`);
    if (finding.talk.length >= mostSaid && step.to === 'information-asked') return refuse('too-much-said');
    return [{ type: 'FindingMoved', findingId, ...step, by: as, act, text, at: command.at }];
  });

/** The same word said twice in a row changes nothing. */
const isRepeated = ({ talk }: Finding, by: 'host' | 'guest', act: FindingAct, text: string | null): boolean => {
  const last = talk.at(-1);
  return last?.by === by && last.act === act && last.text === text;
};
