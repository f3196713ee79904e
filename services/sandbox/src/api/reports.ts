import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request } from 'express';
import { giveFeedback } from '../report/addToReport.ts';
import { finishReport, mayFinish } from '../report/finishReport.ts';
import { moveFinding } from '../report/moveFinding.ts';
import { type KnownReport, noReport, type Report } from '../report/report.ts';
import { statementOf, toReportView } from '../reports.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'report' | 'moveFinding' | 'giveFeedback' | 'finishReport' | 'reportKeys'>;

const shown = (report: Report) => ({ status: 200 as const, body: toReportView(report as KnownReport) });

/** The report, where the caller is one of its two firms. */
export const ownReport = async (
  { reports }: Pick<Deps, 'reports'>,
  req: Request,
  bookingId: string,
): Promise<KnownReport | undefined> => {
  const report = await reports.find(bookingId);
  if (report === undefined || report.status === 'none') return undefined;
  const { organisation } = memberOf(req);
  const { host, guest } = report.tested;
  return organisation === host.organisationId || organisation === guest.organisationId ? report : undefined;
};

export const reportRoutes = (deps: Deps): Routes => {
  const { reports, signer, publicUrl, clock } = deps;
  return {
    report: async ({ params, req }) => {
      const report = await ownReport(deps, req, params.id);
      return report ? shown(report) : refuse(req, 'no-such-report');
    },
    moveFinding: async ({ params: { id, findingId }, body: { act, text = null }, req }) => {
      const { organisation: by } = memberOf(req);
      const change = await reports.change(
        id,
        (report) => moveFinding(report, { findingId, act, text, by, at: clock() }),
        causeOf(req, clock),
        shown,
      );
      return answer(req, change);
    },
    giveFeedback: async ({ params: { id }, body, req }) => {
      const { organisation: by } = memberOf(req);
      const change = await reports.change(
        id,
        (report) => {
          const at = clock();
          return giveFeedback(report, { feedback: { ...body, at }, by, at });
        },
        causeOf(req, clock),
        shown,
      );
      return answer(req, change);
    },
    finishReport: async ({ params: { id }, req }) => {
      const { organisation: by } = memberOf(req);
      const signed = await ownReport(deps, req, id);
      const at = clock();
      const no = signed?.status === 'finished' ? undefined : mayFinish(signed ?? noReport, { by, at });
      if (!signed || no)
        return answer(req, await reports.change(id, () => no ?? { refused: 'no-such-report' }, causeOf(req, clock), shown));
      const statement = statementOf(signed, publicUrl, at);
      const signature = await signer.sign(statement);
      const change = await reports.change(
        id,
        (report) => finishReport(report, { signed, digest: statement.digest, signature, by, at }),
        causeOf(req, clock),
        shown,
      );
      return answer(req, change);
    },
    reportKeys: async () => ({ status: 200, body: await signer.publicKeys() }),
  };
};
