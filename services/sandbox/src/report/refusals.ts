/** Every way to say no to what is asked of a test report. */
export type ReportRefusal =
  | 'no-such-report'
  | 'no-such-finding'
  | 'not-the-host'
  | 'not-the-guest'
  | 'reason-needed'
  | 'finding-not-open-to-this'
  | 'too-much-said'
  | 'report-finished'
  | 'too-much-evidence'
  | 'too-much-feedback'
  | 'findings-open'
  | 'report-changed';
export type Refused = { readonly refused: ReportRefusal; readonly detail?: string };

export const refuse = (refused: ReportRefusal, detail?: string): Refused =>
  detail === undefined ? { refused } : { refused, detail };
