import { onReport } from './ofReport.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Finding, KnownReport, Report, ReportFact } from './report.ts';

/** Days after the host's last word after which a guest that says nothing holds a report up no longer. */
export const silenceDays = 14;

export type FinishReport = {
  readonly by: string;
  /** Of the report as it was read to be signed. */
  readonly signed: KnownReport;
  readonly digest: string;
  readonly signature: string;
  readonly at: string;
};

/** Since when the guest has left the host's word unanswered; undefined where nothing waits for the guest. */
const unansweredSince = ({ status, talk }: Finding, handedOverAt: string): string | undefined => {
  const last = talk.at(-1);
  if (status === 'new' && !last) return handedOverAt;
  return (status === 'new' || status === 'disputed') && last?.by === 'host' ? last.at : undefined;
};

/** Nothing more can come of it, or the guest's time to say something of it is over: then it stays as it stands. */
const isSettled = (finding: Finding, handedOverAt: string, at: string): boolean => {
  if (finding.status === 'approved' || finding.status === 'rejected' || finding.status === 'settled') return true;
  const since = unansweredSince(finding, handedOverAt);
  return since !== undefined && Temporal.Instant.compare(at, Temporal.Instant.from(since).add({ hours: silenceDays * 24 })) >= 0;
};

const openFindings = ({ findings, handedOverAt }: KnownReport, at: string): readonly Finding[] =>
  findings.filter((finding) => !isSettled(finding, handedOverAt, at));

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
