import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';

type Finding = TestReportView['findings'][number];
export type FindingAct = Finding['talk'][number]['act'];
export type Side = 'host' | 'guest';

/** What either side can do with a finding now; the service decides, this only keeps what it would refuse off the page. */
const acts: Readonly<Record<Finding['status'], Readonly<Record<Side, readonly FindingAct[]>>>> = {
  new: { guest: ['approve', 'reject', 'ask'], host: [] },
  'information-asked': { guest: ['approve', 'reject'], host: ['answer'] },
  rejected: { guest: [], host: ['dispute'] },
  disputed: { guest: ['settle'], host: ['settle'] },
  approved: { guest: [], host: [] },
  settled: { guest: [], host: [] },
};

export const actsOf = ({ status }: Pick<Finding, 'status'>, side: Side): readonly FindingAct[] => acts[status][side];

/** Those that say nothing without words. */
export const needsWords = (act: FindingAct): boolean =>
  act === 'reject' || act === 'ask' || act === 'answer' || act === 'dispute';
