import { onReport } from './ofReport.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Finding, KnownReport, Report, ReportFact } from './report.ts';

/** Days after which a guest that said nothing holds a report up no longer. */
export const silenceDays = 14;

export type FinishReport = {
  readonly by: string;
  /** Of the report as it was read to be signed. */
  readonly signed: KnownReport;
  readonly digest: string;
  readonly signature: string;
  readonly at: string;
};

/** Whether nothing more can come of it; or nobody has said anything of it, and the time for that is over. */
const isSettled = ({ status, talk }: Finding, silent: boolean): boolean =>
  status === 'approved' || status === 'rejected' || status === 'settled' || (status === 'new' && talk.length === 0 && silent);

const openFindings = ({ findings, handedOverAt }: KnownReport, at: string): readonly Finding[] => {
  const waitedUntil = Temporal.Instant.from(handedOverAt).add({ hours: silenceDays * 24 });
  const silent = Temporal.Instant.compare(at, waitedUntil) >= 0;
  return findings.filter((finding) => !isSettled(finding, silent));
};

/** Why the host cannot finish it now, before anything is signed. */
export const mayFinish = (report: Report, { by, at }: Pick<FinishReport, 'by' | 'at'>): Refused | undefined => {
  const decision = onReport(report, { by, at }, (now, as) => {
    if (as === 'guest') return refuse('not-the-host');
    const open = openFindings(now, at);
    return open.length === 0
      ? []
      : refuse(
          'findings-open',
          `${open.length} of ${now.findings.length} findings wait for an answer: ${open.map(({ id }) => id).join(', ')}.`,
        );
  });
  return 'refused' in decision ? decision : undefined;
};

/** The report is as it is from now on, and signed as it is: nothing may have changed since it was read to be signed. */
export const finishReport = (
  report: Report,
  { signed, digest, signature, ...command }: FinishReport,
): readonly ReportFact[] | Refused => {
  if (report.status === 'finished' && report.tested.host.organisationId === command.by) return [];
  const no = mayFinish(report, command);
  if (no) return no;
  return JSON.stringify(report) === JSON.stringify(signed)
    ? [{ type: 'ReportFinished', digest, signature, at: command.at }]
    : refuse('report-changed');
};
