import { type Refused, refuse } from './refusals.ts';
import type { KnownReport, Report, ReportFact } from './report.ts';

export type OfReport = { readonly by: string; readonly at: string };
type Unfinished = Extract<KnownReport, { readonly status: 'handed-over' }>;

/** What its two firms do to a report that is not finished. To everybody else it does not exist. */
export const onReport = (
  report: Report,
  { by }: OfReport,
  decide: (report: Unfinished, as: 'host' | 'guest') => readonly ReportFact[] | Refused,
): readonly ReportFact[] | Refused => {
  if (report.status === 'none') return refuse('no-such-report');
  const { host, guest } = report.tested;
  if (by !== host.organisationId && by !== guest.organisationId) return refuse('no-such-report');
  if (report.status === 'finished') return refuse('report-finished');
  return decide(report, by === host.organisationId ? 'host' : 'guest');
};
