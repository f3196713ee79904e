import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { identify } from '@umuhuza/documents/identify';
import { safeName } from '@umuhuza/documents/safeName';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf, ofBytes } from '@umuhuza/service/commandCause';
import { commonProblem } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import { largestFile } from '../evidenceFiles.ts';
import { addEvidence } from '../report/addToReport.ts';
import type { Evidence, KnownReport } from '../report/report.ts';
import { toReportView } from '../reports.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { ownReport } from './reports.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'addEvidence' | 'evidence'>;

/** Recordings of a screen or a voice: evidence beside what every document may be. */
const recordings = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/x-m4a': 'm4a',
  'audio/wav': 'wav',
};

/** The bytes of evidence: taken and given as they are. They are only ever saved as files, never shown by a browser. */
export const evidenceRoutes = (deps: Deps): Routes => ({
  addEvidence: async ({ params: { id }, query: { name: given, findingId }, req }) => {
    const { reports, evidenceFiles, clock } = deps;
    const { organisation: by } = memberOf(req);
    const report = await ownReport(deps, req, id);
    if (!report) return refuse(req, 'no-such-report');
    const of = (name: string, sha256: string, bytes: number, at: string): Evidence => ({
      ...{ sha256, name, bytes, addedAt: at },
      ...(findingId === undefined ? {} : { findingId }),
    });
    // Who may not add, or not any more, is told before it has sent megabytes.
    const foreseen = addEvidence(report, { evidence: of(given, '', 0, clock()), by, at: clock() });
    if ('refused' in foreseen) return refuse(req, foreseen.refused, foreseen.detail);
    const bytes = await bytesOf(req);
    if (bytes === 'too-large') return commonProblem(req, 'body-too-large');
    if (bytes.length === 0)
      return commonProblem(req, 'invalid-request', { issues: [{ path: 'body', message: 'The bytes of a file are expected' }] });
    const kind = await identify(bytes, given, recordings);
    if (!kind) return refuse(req, 'evidence-type-not-taken');
    const name = safeName(given, kind.extension);
    const sha256 = await evidenceFiles.keep(id, bytes);
    const change = await reports.change(
      id,
      (now) => {
        const at = clock();
        return addEvidence(now, { evidence: of(name, sha256, bytes.length, at), by, at });
      },
      ofBytes(causeOf(req, clock), sha256),
      (now) => ({ status: 200 as const, body: toReportView(now as KnownReport) }),
    );
    return answer(req, change);
  },
  evidence: async ({ params: { id, sha256 }, req, res }) => {
    const report = await ownReport(deps, req, id);
    if (!report) return refuse(req, 'no-such-report');
    const known = report.evidence.find((one) => one.sha256 === sha256);
    const bytes = known && (await deps.evidenceFiles.find(id, sha256));
    if (!known || !bytes) return refuse(req, 'no-such-evidence');
    res.attachment(known.name).set('X-Content-Type-Options', 'nosniff');
    return { status: 200, body: bytes };
  },
});

/** The whole body, or that it has more bytes than a file may; what is too much is read to its end and dropped, so that the answer is heard. */
const bytesOf = async (req: Request): Promise<Buffer | 'too-large'> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= largestFile) parts.push(part);
    else parts.length = 0;
  }
  return size > largestFile ? 'too-large' : Buffer.concat(parts);
};
