import { line } from '@umuhuza/contracts/values';
import { memberOf } from '@umuhuza/service/caller';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import type { Guard } from '@umuhuza/service/serviceApp';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { largestFile } from '../evidenceFiles.ts';
import { addEvidence, mostEvidence } from '../report/addToReport.ts';
import type { KnownReport } from '../report/report.ts';
import { toReportView } from '../reports.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { evidenceCause, ownReport } from './reports.ts';

const query = z.strictObject({
  name: line(160),
  findingId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
});
const path = '/api/sandbox/bookings/:id/report/evidence';

/** The bytes of evidence: taken and given as they are, which ts-rest does not do. They are only ever saved as files, never shown by a browser. */
export const serveEvidence = (app: Express, guard: Guard, deps: Deps): void => {
  app.post(path, guard(), mayAdd(deps), express.raw({ type: () => true, limit: largestFile }), take(deps));
  app.get(`${path}/:sha256`, guard(), give(deps));
};

const bookingIdOf = (req: Request): string => String(req.params.id);

/** Who may not add, or not any more, is told before it sends megabytes. */
const mayAdd =
  (deps: Deps): RequestHandler =>
  async (req, res, next) => {
    const report = await ownReport(deps, req, bookingIdOf(req));
    if (!report) return sendProblem(res, refuse(req, 'no-such-report'));
    if (report.tested.host.organisationId !== memberOf(req).organisation) return sendProblem(res, refuse(req, 'not-the-host'));
    if (report.status === 'finished') return sendProblem(res, refuse(req, 'report-finished'));
    if (report.evidence.length >= mostEvidence) return sendProblem(res, refuse(req, 'too-much-evidence'));
    next();
  };

const take = (deps: Deps) => async (req: Request, res: Response) => {
  const { reports, evidenceFiles, clock } = deps;
  const asked = query.safeParse(req.query);
  const bytes: unknown = req.body;
  if (!asked.success || !Buffer.isBuffer(bytes) || bytes.length === 0) {
    const issues = asked.success
      ? [{ path: 'body', message: 'The bytes of a file are expected' }]
      : asked.error.issues.map((issue) => ({ path: ['query', ...issue.path.map(String)].join('.'), message: issue.message }));
    return sendProblem(res, commonProblem(req, 'invalid-request', { issues }));
  }
  const { name, findingId } = asked.data;
  const sha256 = await evidenceFiles.keep(bookingIdOf(req), bytes);
  const { organisation: by } = memberOf(req);
  const change = await reports.change(
    bookingIdOf(req),
    (report) => {
      const at = clock();
      const evidence = { sha256, name, bytes: bytes.length, ...(findingId === undefined ? {} : { findingId }), addedAt: at };
      return addEvidence(report, { evidence, by, at });
    },
    evidenceCause(req, clock, sha256),
    (report) => ({ status: 200 as const, body: toReportView(report as KnownReport) }),
  );
  const answered = answer(req, change);
  if (answered.status === 200) res.status(200).json(answered.body);
  else sendProblem(res, answered);
};

const give = (deps: Deps) => async (req: Request, res: Response) => {
  const report = await ownReport(deps, req, bookingIdOf(req));
  if (!report) return sendProblem(res, refuse(req, 'no-such-report'));
  const known = report.evidence.find(({ sha256 }) => sha256 === req.params.sha256);
  const bytes = known && (await deps.evidenceFiles.find(report.id, known.sha256));
  if (!known || !bytes) return sendProblem(res, refuse(req, 'no-such-evidence'));
  res
    .status(200)
    .attachment(known.name)
    .set({ 'Content-Type': 'application/octet-stream', 'X-Content-Type-Options': 'nosniff' })
    .send(bytes);
};
