import type { ReportStatement, TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import type { Cause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { slotOfBooking } from './moves.ts';
import type { OrganisationNames } from './organisationNames.ts';
import { handOverReport } from './report/handOverReport.ts';
import type { KnownReport, Party, Tested } from './report/report.ts';
import type { ReportBook } from './reportBook.ts';
import { digestOfShown } from './reportDigest.ts';
import { agreedFor } from './slot/agreed.ts';
import type { Booking } from './slot/booking.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';
import { toAgreed } from './views.ts';

type Deps = {
  readonly slots: SlotBook;
  readonly reports: ReportBook;
  readonly organisations: Pick<OrganisationNames, 'nameOf'>;
  readonly clock: Clock;
};

/** The report as its two firms see it. */
export const toReportView = (report: KnownReport): TestReportView => {
  const { tested, findings, evidence, feedback } = report;
  return {
    bookingId: report.id,
    title: tested.title,
    host: tested.host,
    guest: tested.guest,
    product: tested.product,
    startsAt: tested.startsAt,
    endsAt: tested.endsAt,
    status: report.status,
    summary: report.summary,
    findings: findings.map(({ id: findingId, title, detail, severity, status, outcome, talk }) => ({
      findingId,
      title,
      ...(detail === undefined ? {} : { detail }),
      severity,
      status,
      outcome: outcome ?? null,
      talk: [...talk],
    })),
    evidence: evidence.map(({ sha256, name, bytes, findingId, addedAt }) => ({
      sha256,
      name,
      bytes,
      findingId: findingId ?? null,
      addedAt,
    })),
    feedback: [...feedback],
    handedOverAt: report.handedOverAt,
    // Left out where there is none: what an earlier report shows is what it was signed with.
    ...(tested.agreed
      ? { agreed: { ...toAgreed(tested.agreed), ...(tested.agreed.terms ? { terms: tested.agreed.terms } : {}) } }
      : {}),
    finished: report.status === 'finished' ? { at: report.finishedAt, digest: report.digest, signature: report.signature } : null,
  };
};

/**
 * What is signed. The digest is of what the two firms are shown, without status and signature, so that each can compute it from what it
 * was given.
 */
export const statementOf = (report: KnownReport, iss: string, finishedAt: string): ReportStatement => {
  return {
    iss,
    bookingId: report.id,
    host: report.tested.host.organisationId,
    guest: report.tested.guest.organisationId,
    title: report.tested.title,
    startsAt: report.tested.startsAt,
    endsAt: report.tested.endsAt,
    finishedAt,
    digest: digestOfShown(toReportView(report)),
    evidence: report.evidence.map(({ name, sha256 }) => ({ name, sha256 })),
  };
};

/** What was agreed for the test itself; what it costs is no part of its report. */
const agreedIn = (terms: Terms, booking: Booking): Pick<Tested, 'agreed'> => {
  const known = agreedFor(terms, booking);
  if (!known) return {};
  const { price: _, seats: __, ...agreed } = known;
  const { termsAccepted: accepted } = booking;
  return { agreed: { ...agreed, ...(accepted ? { terms: { version: accepted.version, hash: accepted.hash } } : {}) } };
};

/** A company whose name had not been learned when it booked, or opened what was booked, is named by what is known of it now. */
const named = async ({ organisations }: Deps, party: Party): Promise<Party> => ({
  ...party,
  name: party.name ?? (await organisations.nameOf(party.organisationId)),
});

const testedIn = ({ id: slotId, terms, startsAt, endsAt }: KnownSlot, booking: Booking): Tested => ({
  ...agreedIn(terms, booking),
  environmentId: terms.environmentId,
  slotId,
  title: terms.title,
  host: terms.host,
  guest: booking.guest,
  mayBeNamed: booking.mayBeNamed ?? false,
  product: booking.product.name,
  startsAt,
  endsAt,
});

/** A completed booking's report begins its own life, in its own document. Told again it stays quiet. */
export const handOver = async (deps: Deps, bookingId: string, cause: Cause): Promise<void> => {
  const slot = await slotOfBooking(deps, bookingId);
  const booking = slot?.bookings.find(({ id }) => id === bookingId);
  if (!slot || booking?.status !== 'completed') return;
  const { summary, findings } = booking.report;
  const { changedAt: at } = booking;
  const tested = testedIn(slot, booking);
  const [host, guest] = await Promise.all([named(deps, tested.host), named(deps, tested.guest)]);
  await deps.reports.change(
    bookingId,
    (report) => handOverReport(report, { reportId: bookingId, tested: { ...tested, host, guest }, summary, findings, at }),
    cause,
  );
};
