import { z } from 'zod';
import { event } from '../event.ts';
import { id, instant, languageSkill, money } from '../values.ts';
import {
  confirmation,
  dataRules,
  endedBy,
  environmentContent,
  finding,
  findingStatus,
  linkedDocument,
  need,
  obstacles,
  place,
  termsReference,
  testerPanel,
  testReport,
} from './schemas.ts';

// What comes in is strict, what is told is not, at any depth: within a version an older hearer must not stumble over a new field.

/** An environment as every signed-in company may see it. */
const environment = z.object({
  environmentId: id,
  host: id,
  hostName: z.string().optional(),
  ...environmentContent.shape,
  place: z.object(place.shape),
  languages: z.array(z.object(languageSkill.shape)),
  testerPanel: z.object({ ...testerPanel.shape, languages: z.array(z.object(languageSkill.shape)) }).optional(),
  dataRules: z.object(dataRules.shape),
  documents: z.array(z.object(linkedDocument.shape)).default([]),
  needs: z.array(z.object(need.shape)).default([]),
  price: z.union([z.literal('free'), z.object(money.shape)]).default('free'),
  termsOfUse: z.object(termsReference.shape).optional(),
  openedAt: instant,
});

/** What a guest tests, by its name alone: its goals are between the two firms. */
const product = z.object({ name: z.string() });

const report = z.object({ ...testReport.shape, findings: z.array(z.object(finding.shape)) });

/** What each word about a slot repeats, so that nobody asks back. */
const slot = z.object({
  slotId: id,
  environmentId: id,
  title: z.string(),
  host: id,
  hostName: z.string().optional(),
  startsAt: instant,
  endsAt: instant,
  /** The environment's zone, for those who show the time there. */
  timeZone: z.string(),
  place: z.string(),
  address: z.string().optional(),
});

/** `sequence` and `uid` are those of the calendar (RFC 5545), the same in every mail and feed about this booking. */
const booking = slot.extend({
  bookingId: id,
  guest: id,
  guestName: z.string().optional(),
  product,
  uid: z.string(),
  sequence: z.int().min(0),
  /** How many of its own testers the guest has invited; the booking takes one place all the same. */
  seats: z.int().min(0).optional(),
});

/** Somebody the guest brings along. Carries an address because invitations must reach people; no service but notifications may keep it. */
const tester = z.object({ testerId: id, name: z.string(), email: z.string() });

const ended = booking.extend({ by: endedBy, reason: z.string().optional(), testers: z.array(tester).optional() });

const waiting = slot.extend({ entryId: id, guest: id, guestName: z.string().optional(), product });

/** What each word about a report repeats. */
const reported = z.object({
  bookingId: id,
  slotId: id,
  environmentId: id,
  title: z.string(),
  host: id,
  hostName: z.string().optional(),
  guest: id,
  guestName: z.string().optional(),
  product,
  startsAt: instant,
  endsAt: instant,
});

const exampleReported = {
  bookingId: 'booking-1',
  slotId: 'slot-1',
  environmentId: 'env-1',
  title: 'Mobile money test room (demonstration)',
  host: 'org-kigali-1',
  hostName: 'Demonstration Software Ltd',
  guest: 'org-berlin-1',
  guestName: 'Demonstration GmbH',
  product: { name: 'Demonstration wallet' },
  startsAt: '2026-11-23T07:00:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
};

const exampleSlot = {
  slotId: 'slot-1',
  environmentId: 'env-1',
  title: 'Mobile money test room (demonstration)',
  host: 'org-kigali-1',
  hostName: 'Demonstration Software Ltd',
  startsAt: '2026-11-23T07:00:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
  timeZone: 'Africa/Kigali',
  place: 'Kigali',
  address: 'KG 7 Ave',
};
const exampleBooking = {
  ...exampleSlot,
  bookingId: 'booking-1',
  guest: 'org-berlin-1',
  guestName: 'Demonstration GmbH',
  product: { name: 'Demonstration wallet' },
  uid: 'booking-1@sandbox.umuhuza',
  sequence: 0,
  seats: 2,
};
const exampleTester = { testerId: 'tester-1', name: 'Demonstration Tester', email: 'tester@demonstration.example' };
const exampleWaiting = { ...exampleSlot, entryId: 'entry-1', guest: 'org-berlin-2', product: { name: 'Demonstration wallet' } };
const exampleReport = {
  summary: 'Eight testers paid and were paid; one step was not understood.',
  findings: [{ title: 'The confirmation is only in English', severity: 'medium' as const }],
};

const exampleEnvironment = {
  environmentId: 'env-1',
  host: 'org-kigali-1',
  hostName: 'Demonstration Software Ltd',
  title: 'Mobile money test room (demonstration)',
  description: '',
  areas: ['mobile-money' as const],
  kinds: ['Mobile money'],
  place: { city: 'Kigali' },
  devices: ['Android 12 phones'],
  networks: ['4G'],
  languages: [{ language: 'rw', level: 'native' as const }],
  testerPanel: { size: 8, languages: [{ language: 'rw', level: 'native' as const }], profile: 'Market traders' },
  dataRules: { data: 'test-data' as const, law: 'Law No 058/2021 (Rwanda)' },
  documents: [],
  price: { amount: 25_000, currency: 'EUR' },
  needs: [{ resourceId: 'room-1', quantity: 1 }],
  seatsPerPlace: 10,
  bufferMinutes: 30,
  termsOfUse: { version: 1, hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  confirmation: 'by-hand' as const,
  timeZone: 'Africa/Kigali',
  cancellationNoticeHours: 24,
  offerHoldHours: 24,
  openedAt: '2026-11-20T09:00:00.000Z',
};

/** What the sandbox service tells the others. The subject is the environment where it is about one, else the slot. */
export const sandboxEvents = {
  EnvironmentOpened: event(1, z.object({ environment }), { environment: exampleEnvironment }),
  EnvironmentChanged: event(1, z.object({ environment }), { environment: exampleEnvironment }),
  /** No new slots open here; those that are open stay as they are. */
  EnvironmentClosed: event(1, z.object({ environment, reason: z.string() }), {
    environment: exampleEnvironment,
    reason: 'We move to a larger room.',
  }),
  EnvironmentReopened: event(1, z.object({ environment }), { environment: exampleEnvironment }),
  SlotOpened: event(1, slot.extend({ capacity: z.int().min(1) }), { ...exampleSlot, capacity: 5 }),
  SlotCapacityChanged: event(1, slot.extend({ capacity: z.int().min(1) }), { ...exampleSlot, capacity: 6 }),
  /** The slot has another time. Each booking that stays in it says so itself, as BookingRescheduled. */
  SlotRescheduled: event(
    1,
    slot.extend({
      previous: z.object({ startsAt: instant, endsAt: instant }),
      reason: z.string(),
      /**
       * Who waits for a place, or has one on offer, and goes on doing so for the new time. `until`: a place on offer is held until then, which is
       * earlier than before where the slot now begins earlier.
       */
      waiting: z
        .array(z.object({ entryId: id, guest: id, guestName: z.string().optional(), product, until: instant.optional() }))
        .optional(),
    }),
    {
      ...exampleSlot,
      previous: { startsAt: '2026-11-22T07:00:00.000Z', endsAt: '2026-11-22T10:00:00.000Z' },
      reason: 'The power is off in the morning.',
      waiting: [{ entryId: 'entry-1', guest: 'org-berlin-2', product: { name: 'Demonstration wallet' } }],
    },
  ),
  SlotClosed: event(1, slot.extend({ reason: z.string() }), { ...exampleSlot, reason: 'The room has no power that day.' }),
  /** With `automatic` a BookingConfirmed follows at once, and nobody has to answer. */
  BookingRequested: event(
    1,
    booking.extend({
      confirmation,
      /** The slot stands in another's way, so nobody but the host can confirm it, whatever it has set, and only when that is over. */
      inConflict: z.boolean().optional(),
      /** What the slot lacks, as its host finds it described in the booking. */
      because: z.enum([...obstacles, 'calendar-full']).optional(),
    }),
    { ...exampleBooking, confirmation: 'by-hand', inConflict: true, because: 'resource-busy' },
  ),
  BookingConfirmed: event(1, booking.extend({ confirmation: confirmation.optional(), testers: z.array(tester).optional() }), {
    ...exampleBooking,
    sequence: 1,
    confirmation: 'by-hand',
  }),
  /** By the platform: the slot began and the host had not answered. */
  BookingDeclined: event(1, ended, { ...exampleBooking, sequence: 1, by: 'host', reason: 'The devices are under repair.' }),
  /** `late`: the guest cancelled after the notice that the host asks for. */
  BookingCancelled: event(1, ended.extend({ late: z.boolean() }), { ...exampleBooking, sequence: 2, by: 'guest', late: false }),
  /**
   * It has another time, and usually another slot: this event is said by the slot it is in now. `status` is what it was before, for a move
   * changes nothing but the time. `late`: the guest moved it after the notice that the host asks for.
   */
  BookingRescheduled: event(
    1,
    booking.extend({
      status: z.enum(['requested', 'confirmed']),
      previous: z.object({ slotId: id, startsAt: instant, endsAt: instant }),
      by: z.enum(['guest', 'host']),
      late: z.boolean(),
      reason: z.string().optional(),
      /** Everybody who has to be told of the new time. */
      testers: z.array(tester).optional(),
    }),
    {
      ...exampleBooking,
      sequence: 2,
      status: 'confirmed',
      previous: { slotId: 'slot-0', startsAt: '2026-11-22T07:00:00.000Z', endsAt: '2026-11-22T10:00:00.000Z' },
      by: 'guest',
      late: false,
      reason: 'The build is not ready.',
      testers: [exampleTester],
    },
  ),
  /** The guest invited one of its own testers; `status` says whether the booking is certain yet. */
  TesterInvited: event(
    1,
    booking.extend({ status: z.enum(['requested', 'confirmed']), tester, testers: z.array(tester).optional() }),
    {
      ...exampleBooking,
      sequence: 2,
      status: 'confirmed',
      tester: exampleTester,
    },
  ),
  /** For this one the booking is over; for everybody else it goes on. `testers` are those who stay. */
  TesterRemoved: event(
    1,
    booking.extend({
      status: z.enum(['requested', 'confirmed']).optional(),
      tester,
      testers: z.array(tester).optional(),
    }),
    { ...exampleBooking, sequence: 3, status: 'confirmed', tester: exampleTester },
  ),
  BookingCompleted: event(1, booking.extend({ report }), { ...exampleBooking, sequence: 2, report: exampleReport }),
  /** The other side is told; what was said stays between the two. The subject is the booking. */
  FindingMoved: event(1, reported.extend({ findingId: z.string(), status: findingStatus, by: z.enum(['guest', 'host']) }), {
    ...exampleReported,
    findingId: 'f1',
    status: 'rejected',
    by: 'guest',
  }),
  /** Signed, and true from now on. The guest's name is told where it may be; what was found is between the two. The subject is the booking. */
  TestReportFinished: event(1, reported.extend({ mayBeNamed: z.boolean(), finishedAt: instant, digest: z.string() }), {
    ...exampleReported,
    mayBeNamed: true,
    finishedAt: '2026-12-01T09:00:00.000Z',
    digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
  GuestDidNotShow: event(1, booking, { ...exampleBooking, sequence: 2 }),
  WaitlistJoined: event(1, waiting, exampleWaiting),
  PlaceOffered: event(1, waiting.extend({ until: instant }), { ...exampleWaiting, until: '2026-11-22T07:00:00.000Z' }),
  /** The offered place was not taken in time; it goes to the next. */
  OfferExpired: event(1, waiting, exampleWaiting),
  /** The queue is over for this firm without a place: the slot began or was closed. */
  WaitlistEnded: event(1, waiting.extend({ because: z.enum(['begun', 'closed']) }), { ...exampleWaiting, because: 'begun' }),
};
