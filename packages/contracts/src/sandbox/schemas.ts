import { z } from 'zod';
import { document } from '../documents.ts';
import { id, instant, languageSkill, line, money, text, timeZone } from '../values.ts';

/** What can be tested, as a code; what has none is said in `kinds`. */
export const testArea = z.enum([
  'mobile-money',
  'e-government',
  'logistics',
  'agritech',
  'health',
  'education',
  'energy',
  'insurance',
  'retail',
  'tourism',
]);

/** What can be tested, in the host's own words. Compared without case. */
export const testKind = line(60);

/** What data a test touches, the strictest first. */
export const dataClass = z.enum(['no-personal-data', 'test-data', 'consented-users']);
export type DataClass = z.infer<typeof dataClass>;

/** Which data a test may touch at most, and the law that says so. */
export const dataRules = z.strictObject({
  data: dataClass,
  law: line(200),
  notes: text(2_000).optional(),
});
export type DataRules = z.infer<typeof dataRules>;

/** `by-hand`: the host answers each request; `automatic`: a free place is a confirmed one. */
export const confirmation = z.enum(['by-hand', 'automatic']);
export type Confirmation = z.infer<typeof confirmation>;

export const place = z.strictObject({ city: line(80), address: line(300).optional() });

/** The people who test: how many, what they speak, who they are. */
export const testerPanel = z.strictObject({
  size: z.int().min(1).max(10_000),
  languages: z.array(languageSkill).max(20),
  profile: text(1_000).default(''),
});
export type TesterPanel = z.infer<typeof testerPanel>;

/** What a guest was told of data, law and people when it booked; slots of before knew only the data. */
export const agreed = z.strictObject({
  data: dataClass,
  law: z.string().optional(),
  notes: z.string().optional(),
  panel: testerPanel.extend({ profile: z.string() }).optional(),
});
export type Agreed = z.infer<typeof agreed>;

/** What one booking costs; paid between the two firms, not through this platform. */
export const price = z.union([z.literal('free'), money], { error: 'Give free, or an amount in minor units with its currency' });
export type Price = z.infer<typeof price>;

/** What a host has that slots need at once; the id is the host's own name for it. */
export const resource = z.strictObject({
  resourceId: id,
  name: line(120),
  kind: z.enum(['host', 'room', 'device-pool', 'network']),
  quantity: z.int().min(1).max(10_000),
});
export const resources = z
  .strictObject({
    resources: z
      .array(resource)
      .max(100)
      .refine((all) => new Set(all.map(({ resourceId }) => resourceId)).size === all.length, 'Each resource is named once'),
  })
  .meta({ id: 'HostResources' });

/** How much of a resource a slot needs, for as long as it lasts and is tidied up after. */
export const need = z.strictObject({ resourceId: id, quantity: z.int().min(1).max(10_000) });

/** A document of the host that lies elsewhere. */
export const linkedDocument = z.strictObject({ title: line(160), url: z.url({ protocol: /^https?$/ }).max(300) });

const environmentShape = {
  title: line(200),
  description: text(4_000).default(''),
  areas: z.array(testArea).max(10).default([]),
  kinds: z.array(testKind).max(20).default([]),
  place,
  devices: z.array(line(120)).max(50).default([]),
  /** Networks a test can run on, like MTN 4G. */
  networks: z.array(line(60)).max(20).default([]),
  languages: z.array(languageSkill).min(1).max(20),
  testerPanel: testerPanel.optional(),
  dataRules,
  documents: z.array(linkedDocument).max(20).default([]),
  price: price.default('free'),
  /** How many of its own testers a guest may bring to the one place it books. */
  seatsPerPlace: z.int().min(1).max(50).default(10),
  /**
   * Minutes between two slots, to tidy up; then no two slots of this environment overlap. Without it slots may run side by side, as far as
   * the resources go.
   */
  bufferMinutes: z.int().min(0).max(1_440).optional(),
  /** What each slot needs at once of the host's resources; a slot is opened with all of it or not at all. */
  needs: z.array(need).max(20).default([]),
  confirmation: confirmation.default('by-hand'),
  timeZone: timeZone.default('Africa/Kigali'),
  /** Hours before the start from which a guest's cancellation counts as late. */
  cancellationNoticeHours: z.int().min(0).max(720).default(24),
  /** Hours for which a freed place is held for the head of the waitlist; the start of the slot ends it earlier. */
  offerHoldHours: z.int().min(1).max(168).default(24),
};

/** What a host says of a test environment. */
export const environmentContent = z.strictObject(environmentShape);
export type EnvironmentContent = z.infer<typeof environmentContent>;

/** The same as it is sent, with the terms a guest accepts by booking. */
export const newEnvironment = z
  .strictObject({ ...environmentShape, termsOfUse: text(20_000).optional() })
  .refine(({ areas, kinds }) => areas.length + kinds.length > 0, {
    error: 'Say what can be tested: give areas, kinds or both',
    path: ['kinds'],
  });

/** Which text was or would be accepted: the SHA-256 of its UTF-8, in hex, and the version that counts its changes. */
export const termsHash = z.string().regex(/^[0-9a-f]{64}$/, 'The SHA-256 of the terms is expected, in hex');
export const termsReference = z.strictObject({ version: z.int().min(1), hash: termsHash });
export type TermsReference = z.infer<typeof termsReference>;

/** The text behind a hash. */
export const termsText = z.strictObject({ hash: z.string(), text: z.string() }).meta({ id: 'TermsOfUse' });

/** A company by its id; the name is null where this service has not learned it. */
const party = z.strictObject({ organisationId: id, name: z.string().nullable() });
export type Party = z.infer<typeof party>;

export const environment = z
  .strictObject({
    environmentId: id,
    host: party,
    ...environmentContent.shape,
    /** Documents that lie here, beside those that are linked. */
    uploads: z.array(document),
    /** Null where the host asks for none. */
    termsOfUse: termsReference.nullable(),
    /** A closed one takes no new slots; those that are open stay as they are. */
    status: z.enum(['open', 'closed']),
    closedBecause: z.string().nullable(),
    openedAt: instant,
    changedAt: instant,
  })
  .meta({ id: 'TestEnvironment' });
export type EnvironmentView = z.infer<typeof environment>;

const time = z.iso.time({ precision: -1, error: 'A time like 09:30 is expected' });

/** A room for tests is small: what books, waits and reports for one slot is kept together. */
const capacity = z.int().min(1).max(50);
export const slotCapacity = z.strictObject({ capacity });

const slotByInstants = z.strictObject({ startsAt: instant, endsAt: instant, capacity });

/** A day's hours on the wall clock; without a zone, the environment's own. */
const slotByWallClock = z.strictObject({
  date: z.iso.date({ error: 'A date like 2026-11-23 is expected' }),
  from: time,
  to: time,
  timeZone: timeZone.optional(),
  capacity,
});

/** When a slot is, as two instants or as a local day with hours. */
export const newSlot = z.union([slotByInstants, slotByWallClock], {
  error:
    'Give capacity with either startsAt and endsAt (instants), or date, from, to and, where it differs, timeZone; nothing else',
});
export type NewSlot = z.infer<typeof newSlot>;

/** Why a slot does not have what it needs: another one has it, or nobody does. */
export const obstacles = ['environment-busy', 'resource-busy', 'no-such-resource', 'not-enough-of-resource'] as const;
export const missing = {
  /** What is missing, by its name. */
  resource: z.string().optional(),
  /** From when on what is in the way no longer is. */
  freeAt: instant.optional(),
};

/** Why the place of a slot in its host's calendar is not its own; `with` is the slot that has what it lacks. */
export const conflict = z.strictObject({
  because: z.enum([...obstacles, 'calendar-full']),
  ...missing,
  with: z.strictObject({ slotId: id, startsAt: instant }).optional(),
});
export type Conflict = z.infer<typeof conflict>;

/** An open slot that does not have what its environment says it needs, because that was described after it was opened. */
export const slotConflict = conflict.extend({ slotId: id, startsAt: instant }).meta({ id: 'SlotConflict' });
export type SlotConflict = z.infer<typeof slotConflict>;

/** The start that was read; a slot that has another one by now is refused. */
const startRead = instant.optional();

/** What happens to the bookings of a slot that changes or closes: they are cancelled with the reason, kept, or moved to another slot. */
export const fateOfBookings = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ do: z.literal('cancel') }),
    z.strictObject({ do: z.literal('keep') }),
    z.strictObject({ do: z.literal('move'), to: id, startsAt: startRead }),
  ],
  { error: 'Say cancel, keep, or move with the slot they go to' },
);
const whyAndWhatOf = { reason: line(1_000), bookings: fateOfBookings.optional() };

/** Why a slot closes; with bookings in it also what happens to them. */
export const slotClosing = z.strictObject(whyAndWhatOf);

/** Another time for a slot. */
export const newSlotTime = z.union(
  [slotByInstants.omit({ capacity: true }).extend(whyAndWhatOf), slotByWallClock.omit({ capacity: true }).extend(whyAndWhatOf)],
  {
    error:
      'Give a reason with either startsAt and endsAt (instants), or date, from, to and, where it differs, timeZone; nothing else',
  },
);

/** The same two instants on one wall clock, with its offset: 2026-11-23T20:00:00+01:00. */
const wallClock = z.strictObject({ timeZone: z.string(), startsAt: z.string(), endsAt: z.string() });
const clocks = z.strictObject({ berlin: wallClock, kigali: wallClock, host: wallClock });
export type Clocks = z.infer<typeof clocks>;

export const bookingStatus = z.enum(['requested', 'confirmed', 'declined', 'cancelled', 'completed', 'no-show']);
export const waitlistStatus = z.enum(['waiting', 'offered', 'accepted', 'declined', 'expired']);

/** `full` and `past` are told by the instant of the answer. */
export const slotStatus = z.enum(['open', 'full', 'past', 'closed']);

/** What the guest brings to the test. */
export const testedProduct = z.strictObject({
  name: line(200),
  goals: text(4_000).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
});
/** The one form a guest fills in, to book or to wait. */
export const newBooking = z.strictObject({
  product: testedProduct,
  /** What data its test touches; no more than the environment allows. */
  dataClass: dataClass.optional(),
  /** The hash of the host's terms that the guest has read and accepts, as the slot names it. */
  acceptedTerms: termsHash.optional(),
  /** Whether the host may name this company where the finished test counts as a reference. */
  mayBeNamed: z.boolean().optional(),
  startsAt: startRead,
});

export const acceptedOffer = z.strictObject({ startsAt: startRead });

/**
 * Where a booking goes, in the same environment, and the start of that slot. A host says why; a guest accepts the other slot's terms where they
 * have changed.
 */
export const reschedule = z.strictObject({
  to: id,
  reason: line(1_000).optional(),
  acceptedTerms: termsHash.optional(),
  startsAt: startRead,
});

/** Somebody the guest brings along; told of the booking by e-mail. */
export const newTester = z.strictObject({ name: line(120), email: z.email().max(254) });

export const waitlistEntry = z
  .strictObject({
    entryId: id,
    slotId: id,
    guest: party,
    product: testedProduct,
    status: waitlistStatus,
    /** 1 is the next in the queue; null when not waiting. */
    position: z.int().min(1).nullable(),
    /** Until when an offered place is held. */
    until: instant.nullable(),
    /** The booking an accepted offer became. */
    bookingId: id.nullable(),
    joinedAt: instant,
  })
  .meta({ id: 'WaitlistEntry' });
export type WaitlistEntryView = z.infer<typeof waitlistEntry>;

const slotTimes = { startsAt: instant, endsAt: instant, clocks };

export const slot = z
  .strictObject({
    slotId: id,
    environmentId: id,
    title: z.string(),
    areas: z.array(testArea),
    kinds: z.array(z.string()),
    devices: z.array(z.string()),
    networks: z.array(z.string()),
    languages: z.array(languageSkill),
    place,
    host: party,
    price,
    seatsPerPlace: z.int(),
    /** What a guest accepts by booking here; null where the host asks for nothing. */
    termsOfUse: termsReference.nullable(),
    confirmation,
    cancellationNoticeHours: z.int(),
    ...slotTimes,
    status: slotStatus,
    capacity: z.int(),
    /** Places nobody holds. A place on offer to the waitlist is held. */
    free: z.int().min(0),
    waiting: z.int().min(0),
    /** In the host's words; null also where it only followed its opening hours. */
    closedBecause: z.string().nullable(),
    /** Its opening hours no longer have it; they may have it again. */
    closedByHours: z.boolean(),
    /** It is still there for those who are in it, though its opening hours no longer have it: nobody else can book or wait. */
    outsideHours: z.boolean().optional(),
    /** What the reader's own company has here. */
    mine: z.strictObject({
      bookingId: id.nullable(),
      waitlist: waitlistEntry.nullable(),
      /** The place it holds while it fills in the form. */
      hold: z.strictObject({ holdId: id, until: instant }).nullable(),
    }),
  })
  .meta({ id: 'Slot' });
export type SlotView = z.infer<typeof slot>;

export const severity = z.enum(['low', 'medium', 'high', 'critical']);

export const finding = z.strictObject({ title: line(160), detail: text(1_000).optional(), severity });

/** What the host saw in the test. Bounded so that a slot with all its reports stays one document. */
export const testReport = z.strictObject({ summary: line(4_000), findings: z.array(finding).max(30) });
export type TestReport = z.infer<typeof testReport>;

/** A file that shows something: a picture, a recording, a log; by the SHA-256 of its bytes. */
const evidence = z.strictObject({
  sha256: z.string(),
  name: z.string(),
  bytes: z.int(),
  findingId: z.string().nullable(),
  addedAt: instant,
});

/** `new → approved | rejected | information-asked`; a rejection may be `disputed`, and a dispute is `settled` by the one who gives in. */
export const findingStatus = z.enum(['new', 'approved', 'rejected', 'information-asked', 'disputed', 'settled']);

/** The guest approves, rejects or asks; the host answers or disputes; either settles a dispute by giving in. */
export const findingAct = z.enum(['approve', 'reject', 'ask', 'answer', 'dispute', 'settle']);
export const findingMove = z.strictObject({ act: findingAct, text: line(1_000).optional() });

/** What a tester said, as the host wrote it down; a label, not a name. */
export const newFeedback = z.strictObject({ tester: line(60), rating: z.int().min(1).max(5), comment: line(1_000).optional() });

export const testReportView = z
  .strictObject({
    bookingId: id,
    title: z.string(),
    host: party,
    guest: party,
    product: z.string(),
    startsAt: instant,
    endsAt: instant,
    status: z.enum(['handed-over', 'finished']),
    summary: z.string(),
    findings: z.array(
      z.strictObject({
        findingId: z.string(),
        ...finding.shape,
        status: findingStatus,
        /** How a dispute ended: the guest accepted the finding, or the host withdrew it. */
        outcome: z.enum(['upheld', 'withdrawn']).nullable(),
        talk: z.array(
          z.strictObject({ by: z.enum(['host', 'guest']), act: findingAct, text: z.string().nullable(), at: instant }),
        ),
      }),
    ),
    evidence: z.array(evidence),
    feedback: z.array(z.strictObject({ ...newFeedback.shape, at: instant })),
    handedOverAt: instant,
    /** What was agreed for the test, and the terms the guest accepted; reports of before have none. */
    agreed: agreed.extend({ terms: termsReference.optional() }).optional(),
    /** A JWS (EdDSA) over what the report says and the hashes of its evidence; the keys are at /api/sandbox/jwks. */
    finished: z.strictObject({ at: instant, digest: z.string(), signature: z.string() }).nullable(),
  })
  .meta({ id: 'TestReport' });
export type TestReportView = z.infer<typeof testReportView>;

/** What the signature of a finished report says. */
export const reportStatement = z.object({
  iss: z.string(),
  bookingId: id,
  host: id,
  guest: id,
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  finishedAt: instant,
  /** SHA-256 in hex of what the platform shows of the report, without this signature, as JSON. */
  digest: z.string(),
  evidence: z.array(z.object({ name: z.string(), sha256: z.string() })),
});
export type ReportStatement = z.infer<typeof reportStatement>;

/** The public keys (RFC 7517) by which everybody can check what was signed. */
export const publicKeys = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'ReportKeys' });
export type PublicKeys = z.infer<typeof publicKeys>;

/** How a company behaved as a guest over the last twelve months, counted in slots. For itself, and for hosts it has or had a booking with. */
export const guestRecord = z
  .strictObject({
    organisationId: id,
    since: instant,
    lateCancellations: z.int().min(0),
    noShows: z.int().min(0),
    completed: z.int().min(0),
  })
  .meta({ id: 'GuestRecord' });

/** Who ended it: one of the two firms, or the platform because time ran out. */
export const endedBy = z.enum(['guest', 'host', 'platform']);

export const booking = z
  .strictObject({
    bookingId: id,
    slotId: id,
    environmentId: id,
    title: z.string(),
    place,
    host: party,
    guest: party,
    product: testedProduct,
    dataClass: dataClass.nullable(),
    mayBeNamed: z.boolean(),
    price,
    /** The terms the guest accepted, and when; null where the host asked for none. */
    termsAccepted: z.strictObject({ ...termsReference.shape, at: instant }).nullable(),
    /** What the host had told of data, law and people when the guest booked; a host that moves the booking changes nothing of it. */
    agreed: agreed.nullable(),
    /** For the host of a request that cannot be confirmed: what its slot lacks. In lists as it was when the guest asked. */
    inConflict: conflict.nullable(),
    /** How many testers the guest may bring, and whom it invited. Their addresses are for the guest alone. */
    seats: z.int(),
    testers: z.array(z.strictObject({ testerId: id, name: z.string(), email: z.string().nullable() })),
    status: bookingStatus,
    ...slotTimes,
    /** Where it was before it was rescheduled. */
    movedFrom: z.strictObject({ slotId: id, startsAt: instant, endsAt: instant }).nullable(),
    /** iCalendar: one UID for the booking's life, and a sequence that rises with each change. */
    uid: z.string(),
    sequence: z.int().min(0),
    requestedAt: instant,
    changedAt: instant,
    /** Until when cancelling is not late. */
    cancelFreelyUntil: instant,
    ended: z.strictObject({ by: endedBy, reason: z.string().nullable(), late: z.boolean() }).nullable(),
    report: testReport.nullable(),
  })
  .meta({ id: 'Booking' });
export type BookingView = z.infer<typeof booking>;

/** Why a host says no, in words the guest can use. */
export const refusalReason = z.strictObject({ reason: line(1_000) });
