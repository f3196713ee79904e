import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import type { ReportRefusal } from './report/refusals.ts';
import { evolve, noReport, type Report, type ReportFact } from './report/report.ts';
import type { ReportBook } from './reportBook.ts';
import { ofReport } from './toPublicEvents.ts';

export const openMongoReportBook = (connection: Connection): Promise<ReportBook> =>
  openBook<Report, ReportFact, ReportRefusal | NotTaken, typeof sandboxEvents>(connection, {
    service: 'sandbox',
    name: 'reports',
    initial: noReport,
    evolve,
    events: sandboxEvents,
    publicEvents: (_bookingId, fact, report) => ofReport(fact, report),
  });
