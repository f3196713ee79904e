import type { Order } from '../stage.ts';
import { asks, type Commands, made } from '../story.ts';
import { begunOf, bookingOf, completes, reportedOf } from './sandboxMakings.ts';

const post = (by: Order['by'], path: string, body: object = {}): Order => ({ by, method: 'POST', path, body });
const booked = (bookingId: unknown, what: string): string => `/api/sandbox/bookings/${bookingId}/${what}`;
const tester = { name: 'Demonstration Tester', email: 'tester@demonstration.example' };

/** What becomes of a booking, and of the report of its test. */
export const sandboxTests: Readonly<Record<string, Commands>> = {
  'declines a booking': asks('declines a booking', async (stage, mark) => {
    const { host, bookingId } = await bookingOf(stage, `decline-${mark}`);
    return post(host, booked(bookingId, 'decline'), { reason: 'Another guest has asked before.' });
  }),
  'invites a tester': asks('invites a tester', async (stage, mark) => {
    const { guest, bookingId } = await bookingOf(stage, `invite-${mark}`);
    return post(guest, booked(bookingId, 'testers'), tester);
  }),
  'leaves a tester at home': asks('leaves a tester at home', async (stage, mark) => {
    const { guest, bookingId } = await bookingOf(stage, `uninvite-${mark}`);
    const { testers } = await made(stage, `tester ${mark}`, post(guest, booked(bookingId, 'testers'), tester));
    const [invited] = testers as readonly { readonly testerId: string }[];
    return post(guest, booked(bookingId, `testers/${invited?.testerId}/remove`));
  }),
  'reports on a test': asks('reports on a test', async (stage, mark) => completes(await begunOf(stage, `report-${mark}`))),
  'says that nobody came': asks('says that nobody came', async (stage, mark) => {
    const { host, path } = await begunOf(stage, `no-show-${mark}`);
    return post(host, `${path}/no-show`);
  }),
  'judges a finding': asks('judges a finding', async (stage, mark) => {
    const { guest, path } = await reportedOf(stage, `finding-${mark}`);
    const { findings } = (await stage.get(guest, `${path}/report`)).body as {
      readonly findings: readonly { readonly findingId: string }[];
    };
    return post(guest, `${path}/report/findings/${findings[0]?.findingId}`, { act: 'approve' });
  }),
  'writes down what a tester said': asks('writes down what a tester said', async (stage, mark) => {
    const { host, path } = await reportedOf(stage, `feedback-${mark}`);
    return post(host, `${path}/report/feedback`, { tester: 'Tester 1', rating: 4, comment: 'Quick.' });
  }),
  'shows a file': asks('shows a file', async (stage, mark) => {
    const { host, path } = await reportedOf(stage, `evidence-${mark}`);
    return { by: host, method: 'POST', path: `${path}/report/evidence?name=log.txt`, file: 'What was seen (demonstration).' };
  }),
  'finishes a report': asks('finishes a report', async (stage, mark) => {
    const { host, path } = await reportedOf(stage, `finish-${mark}`, { summary: 'It pays.', findings: [] });
    return post(host, `${path}/report/finish`);
  }),
};
