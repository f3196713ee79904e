import type { Document } from '@umuhuza/contracts/documents';
import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import { takeDocument } from '@umuhuza/documents/takeDocument';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf, ofBytes, onlyLooking } from '@umuhuza/service/commandCause';
import { commonProblem } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { takenAsEvidence } from '../evidenceFiles.ts';
import { addEvidence } from '../report/addToReport.ts';
import type { ReportRefusal } from '../report/refusals.ts';
import { type Evidence, type KnownReport, noReport, type Report } from '../report/report.ts';
import { toReportView } from '../reports.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { ownReport } from './reports.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'addEvidence' | 'evidence'>;

const evidenceIn = (report: Report): readonly Evidence[] => (report.status === 'none' ? [] : report.evidence);

/** A report has its evidence by the hash in hex. */
const asDocument = ({ file = '', name, bytes, sha256 }: Evidence): Document => ({
  ...{ id: file, name, type: '', size: bytes },
  sha256: Buffer.from(sha256, 'hex').toString('base64url'),
});

/** The bytes of evidence: taken and given as they are. They are only ever saved as files, never shown by a browser. */
export const evidenceRoutes = (deps: Deps): Routes => ({
  addEvidence: async ({ params: { id }, query: { name, findingId }, req }) => {
    const { reports, files, clock } = deps;
    const { organisation: by } = memberOf(req);
    const report = (await reports.find(id)) ?? noReport;
    const cause = causeOf(req, clock);
    const shown = (now: Report) => ({ status: 200 as const, body: toReportView(now as KnownReport) });
    const adding = (now: Report, { id: file, name: named, size: bytes, sha256: hash }: Document) => {
      const at = clock();
      const sha256 = Buffer.from(hash, 'base64url').toString('hex');
      const about = findingId === undefined ? {} : { findingId };
      return addEvidence(now, { evidence: { sha256, name: named, bytes, ...about, addedAt: at, file }, by, at });
    };
    const naming = (document: Document) =>
      reports.change(id, (now) => adding(now, document), ofBytes(cause, document.sha256), shown);
    const unread = (no?: { readonly refused: ReportRefusal | NotTaken; readonly detail?: string }) =>
      reports.change(
        id,
        () => no ?? [],
        no ? cause : onlyLooking(cause),
        (now) => (now.status === 'none' ? { status: 200 as const, body: undefined as never } : shown(now)),
      );
    const toldOf = (change: Awaited<ReturnType<typeof naming | typeof unread>>) => {
      if (change.outcome === 'refused' && change.refused === 'document-too-large') return commonProblem(req, 'body-too-large');
      if (change.outcome === 'refused' && change.refused === 'document-type-not-taken')
        return refuse(req, 'evidence-type-not-taken');
      return answer(req, change);
    };
    const taken = await takeDocument(files, {
      ...{ owner: id, upload: idFrom(cause, 'evidence'), name, content: req, at: clock(), taken: takenAsEvidence },
      known: evidenceIn(report).map(asDocument),
      decide: (document) => adding(report, document),
      change: naming,
      unread,
      isNamed: (change, document) => 'state' in change && evidenceIn(change.state).some(({ file }) => file === document.id),
    });
    return toldOf(taken.outcome === 'before' ? await naming(taken.document) : taken);
  },
  evidence: async ({ params: { id, sha256 }, req, res }) => {
    const report = await ownReport(deps, req, id);
    if (!report) return refuse(req, 'no-such-report');
    const known = report.evidence.find((one) => one.sha256 === sha256);
    if (!known) return refuse(req, 'no-such-evidence');
    res.attachment(known.name).type('application/octet-stream').set('X-Content-Type-Options', 'nosniff');
    if (known.file === undefined) {
      const bytes = await deps.evidenceOfBefore.find(id, sha256);
      return bytes ? { status: 200, body: bytes } : refuse(req, 'no-such-evidence');
    }
    const content = await deps.files.open(known.file);
    if (!content) return refuse(req, 'no-such-evidence');
    res.setHeader('Content-Length', known.bytes);
    // What fails half-way must not look whole.
    content.once('error', (error) => res.destroy(error));
    res.once('close', () => content.destroy());
    return { status: 200, body: content };
  },
});
