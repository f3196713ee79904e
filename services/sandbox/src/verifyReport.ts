import { createHash } from 'node:crypto';
import { type PublicKeys, type ReportStatement, reportStatement } from '@umuhuza/contracts/sandbox/schemas';
import { checkStatement, fieldOf, jsonIn, jwsIn } from '@umuhuza/service/signedStatement';
import { digestOfShown } from './reportDigest.ts';
import { reportType } from './reportSigner.ts';

/** What became of checking a report; `because` is a sentence for people. `content` is whether the report beside the signature is the signed one. */
export type Verdict =
  | {
      readonly genuine: true;
      readonly statement: ReportStatement;
      readonly content: 'same' | 'other' | 'not-given';
      /** Of each file that was shown, the name under which the report has it; undefined where it has no such file. */
      readonly evidence: readonly (string | undefined)[];
    }
  | { readonly genuine: false; readonly because: string };

/**
 * Checks a finished report with nothing but the published keys: the report as the platform shows it, or its signature alone, which says
 * nothing of what is in it. `files` are evidence as it was given.
 */
export const verifyReport = async (report: string, keys: PublicKeys, files: readonly Uint8Array[] = []): Promise<Verdict> => {
  const shown = jsonIn(report);
  const jws = jwsIn(report) ?? jwsIn(fieldOf(fieldOf(shown, 'finished'), 'signature'));
  if (jws === undefined)
    return {
      genuine: false,
      because: 'This is no finished report: neither a signature nor a report that carries one was found.',
    };
  const checked = await checkStatement(jws, keys, { type: reportType, schema: reportStatement, name: 'test report' });
  if (!checked.genuine) return checked;
  const { statement } = checked;
  return {
    genuine: true,
    statement,
    content: contentOf(shown, statement),
    evidence: files.map((bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return statement.evidence.find((one) => one.sha256 === sha256)?.name;
    }),
  };
};

const contentOf = (shown: unknown, { digest }: ReportStatement): 'same' | 'other' | 'not-given' => {
  if (shown === null || typeof shown !== 'object') return 'not-given';
  return digestOfShown(shown) === digest ? 'same' : 'other';
};
