import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import type { Book } from '@umuhuza/eventing/book';
import type { ReportRefusal } from './report/refusals.ts';
import type { Report, ReportFact } from './report/report.ts';

/** The reports of completed tests, each under its booking's id. */
export type ReportBook = Pick<Book<Report, ReportFact, ReportRefusal | NotTaken>, 'find' | 'change' | 'outbox'>;
