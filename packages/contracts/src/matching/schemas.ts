import { z } from 'zod';
import { page } from '../api.ts';
import { country, id, instant, line, text } from '../values.ts';

/** The parts of the whole score that a reason's points are counted in: a score of 1 is this many points. */
export const wholeScore = 10_000;

/** What a reason may be about: its name, or what stands in it before the colon. */
export const reasonSubjects = [
  'cpv',
  'skill',
  'language',
  'working-hours',
  'sector',
  'verified-references',
  'wishes',
  'rate',
  'size',
  'certificates',
  'availability',
] as const;
/** The same of a must-have that is lacking. */
export const mustHaveSubjects = ['other-country', 'certificate', 'capability'] as const;
/** `profile`: there is none that is published. */
export type LackSubject = (typeof reasonSubjects)[number] | (typeof mustHaveSubjects)[number] | 'profile';

/**
 * One thing that counted. `points` of at most `max` (both parts of 10 000) went into the score; the points of all reasons add up to it.
 * `name` says what was looked at (`cpv:72212000`, `skill:typescript`, `working-hours` …) and stays the same in every language.
 */
export const matchReason = z
  .strictObject({
    name: z.string(),
    kind: z.enum(['for', 'against']),
    points: z.int().min(0).max(wholeScore),
    max: z.int().min(0).max(wholeScore),
    says: z.string(),
  })
  .meta({ id: 'MatchReason' });
export type MatchReason = z.infer<typeof matchReason>;

/** 0 (nothing in common) to 1 (everything that counts is there). */
export const score = z.number().min(0).max(1);

/** Who a tender is by and until when bids are taken: enough to show and to link to it. */
export const tenderSummary = z
  .strictObject({
    tenderId: id,
    title: z.string(),
    buyer: z.strictObject({ organisationId: id, name: z.string(), country }),
    deadline: instant,
  })
  .meta({ id: 'MatchedTenderSummary' });
export type TenderSummary = z.infer<typeof tenderSummary>;

/** A firm that fits, with everything that counted for and against it. */
export const firmMatch = z
  .strictObject({ organisationId: id, name: z.string(), country, score, reasons: z.array(matchReason) })
  .meta({ id: 'FirmMatch' });
export type FirmMatch = z.infer<typeof firmMatch>;

/** Something the tender insists on and the profile does not show. */
export const missingMustHave = z.strictObject({ name: z.string(), says: z.string() });

/**
 * `told`: the platform has told this firm of the tender. `missing`: the must-haves that a firm which asks for itself lacks; its score is
 * then 0, and the reasons say what would count once it had them. No firms for a firm that asks for itself: it has no published profile.
 */
export const tenderMatches = z
  .strictObject({
    tender: tenderSummary,
    firms: z.array(firmMatch.extend({ told: z.boolean(), missing: z.array(missingMustHave).optional() })),
  })
  .meta({ id: 'TenderMatches' });
export type TenderMatches = z.infer<typeof tenderMatches>;

export const myMatches = z
  .strictObject({
    profile: z.strictObject({
      published: z.boolean(),
      /** What costs most over the tenders shown below, the dearest first; `tenders` counts those it concerns. */
      missing: z.array(z.strictObject({ name: z.string(), says: z.string(), tenders: z.int() })),
    }),
    /** Open tenders that fit the own profile, best first. */
    tenders: z.array(z.strictObject({ tender: tenderSummary, score, reasons: z.array(matchReason) })),
    /** Open tenders that would fit if a must-have were met. */
    nearMisses: z.array(z.strictObject({ tender: tenderSummary, missing: z.array(missingMustHave) })),
    /** Firms of the other country that offer what the own profile needs, best first. */
    partners: z.array(firmMatch),
    /** The own open tenders with the firms that fit each best. */
    ownTenders: z.array(tenderMatches),
  })
  .meta({ id: 'MyMatches' });
export type MyMatches = z.infer<typeof myMatches>;

/** Whom the other side may write to. Shown to the other side only, as far as the consent given with it reaches. */
export const contact = z.strictObject({ name: line(120), email: z.email().max(254), phone: line(40).optional() });
export type Contact = z.infer<typeof contact>;

/** Agreement that the other side learns who one is and the contact given here. Nothing is passed on without it. */
const consent = z.boolean().default(false).meta({
  description:
    'true: the other side may learn the identity and the contact data of the own organisation. Anything else is refused.',
});

export const newInterest = z.strictObject({
  /** The organisation one would like to work with. */
  to: id,
  message: text(2_000).optional(),
  contact: contact.optional(),
  consent,
});
export const acceptance = z.strictObject({ contact: contact.optional(), consent });
export const refusal = z.strictObject({ reason: text(1_000).optional() });

export const interestStatus = z.enum(['expressed', 'accepted', 'declined', 'expired', 'introduced']);
export type InterestStatus = z.infer<typeof interestStatus>;

/** An expression of interest as one of its two sides sees it; the asked side's contact appears once it has accepted. */
export const interest = z
  .strictObject({
    interestId: id,
    direction: z.enum(['sent', 'received']),
    status: interestStatus,
    from: z.strictObject({ organisationId: id, name: z.string(), country, contact: contact.optional() }),
    to: z.strictObject({ organisationId: id, name: z.string(), country, contact: contact.optional() }),
    message: z.string().optional(),
    expressedAt: instant,
    /** Unanswered by then, it ends and both sides are told. */
    expiresAt: instant,
    answeredAt: instant.optional(),
    /** Why it was declined, when the other side said so. */
    reason: z.string().optional(),
    cooperationId: id.optional(),
  })
  .meta({ id: 'Interest' });
export type InterestView = z.infer<typeof interest>;
export const interests = page(interest);

export const cooperationOrigin = z.strictObject({ kind: z.enum(['interest', 'award']), id });
export const cooperationStatus = z.enum(['introduced', 'ended']);

/** A cooperation as one of its organisations sees it. `contact` is what that organisation agreed to disclose. */
export const cooperation = z
  .strictObject({
    cooperationId: id,
    status: cooperationStatus,
    organisations: z
      .array(z.strictObject({ organisationId: id, name: z.string(), country, contact: contact.optional() }))
      .length(2),
    /** `interest`: the accepted interest's id; `award`: the tender's id. */
    origin: cooperationOrigin,
    /** The tender's title where it began with an award. */
    title: z.string().optional(),
    startedAt: instant,
    ended: z.strictObject({ reason: z.string(), at: instant }).optional(),
  })
  .meta({ id: 'Cooperation' });
export type CooperationView = z.infer<typeof cooperation>;
export const cooperations = page(cooperation);
