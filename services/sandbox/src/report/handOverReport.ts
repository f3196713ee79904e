import type { Finding, Report, ReportFact, Tested } from './report.ts';

export type HandOverReport = {
  readonly reportId: string;
  readonly tested: Tested;
  readonly summary: string;
  readonly findings: readonly Pick<Finding, 'title' | 'detail' | 'severity'>[];
  readonly at: string;
};

/** The host's report of a completed test, once. Its findings are numbered, so that both firms mean the same. */
export const handOverReport = (report: Report, { findings, ...written }: HandOverReport): readonly ReportFact[] =>
  report.status === 'none'
    ? [{ type: 'ReportHandedOver', ...written, findings: findings.map((finding, n) => ({ id: `f${n + 1}`, ...finding })) }]
    : [];
