import { type OfReport, onReport } from './ofReport.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Evidence, Feedback, Report, ReportFact } from './report.ts';

export const mostEvidence = 20;
const mostFeedback = 100;

/** A file the host shows. The same file twice is one. */
export const addEvidence = (
  report: Report,
  { evidence, ...command }: OfReport & { readonly evidence: Evidence },
): readonly ReportFact[] | Refused =>
  onReport(report, command, (now, as) => {
    if (as === 'guest') return refuse('not-the-host');
    if (evidence.findingId !== undefined && !now.findings.some(({ id }) => id === evidence.findingId))
      return refuse('no-such-finding');
    if (now.evidence.some(({ sha256 }) => sha256 === evidence.sha256)) return [];
    return now.evidence.length >= mostEvidence ? refuse('too-much-evidence') : [{ type: 'EvidenceAdded', evidence }];
  });

/** What a tester said, as the host wrote it down. */
export const giveFeedback = (
  report: Report,
  { feedback, ...command }: OfReport & { readonly feedback: Feedback },
): readonly ReportFact[] | Refused =>
  onReport(report, command, (now, as) => {
    if (as === 'guest') return refuse('not-the-host');
    return now.feedback.length >= mostFeedback ? refuse('too-much-feedback') : [{ type: 'FeedbackGiven', feedback }];
  });
