import { z } from 'zod';
import { document, mostDocuments } from '../documents.ts';
import { country, cpvCode, currency, id, instant, languageSkill, line, money, skill, text } from '../values.ts';
import {
  because as becauseOf,
  clarification,
  contractView,
  disqualificationCode,
  lapse,
  milestone,
  milestoneInput,
  unsuccessfulCode,
} from './award.ts';
import { evaluation, priceFormula, score } from './evaluation.ts';

export const tenderStatus = z.enum(['draft', 'published', 'closed', 'opened', 'awarded', 'unsuccessful', 'cancelled']);
export type TenderStatus = z.infer<typeof tenderStatus>;

/**
 * Who sees a published tender and may bid: `all`; `matched`, the firms that matching suggests, and those the buyer names; `invited`,
 * those alone. For anybody else the tender is not there.
 */
export const audience = z.enum(['all', 'matched', 'invited']);
export type Audience = z.infer<typeof audience>;

/** Must-haves that every bid confirms one by one; `iso-27001` is also looked for in profiles by matching. */
export const mustHaveCode = z.enum(['iso-27001', 'signed-nda', 'gdpr-processing-terms']);
export type MustHaveCode = z.infer<typeof mustHaveCode>;

/** A currency in use today; a tender is written, bid for and awarded in one. */
const tenderCurrency = currency.refine(
  (code) => Intl.supportedValuesOf('currency').includes(code),
  'This currency is not in use',
);

const budget = money.extend({ currency: tenderCurrency });

const day = z.iso.date('A day like 2027-01-31 is expected');

export const lot = z.strictObject({ id, title: line(300), description: text(5_000) });
export type Lot = z.infer<typeof lot>;

/** `price` is scored by the formula lowest price / price; `quality` by the buyer, 0 to 100. Weights are percent. */
export const criterion = z.strictObject({
  id,
  name: line(200),
  weight: z.int().min(1).max(100),
  kind: z.enum(['price', 'quality']),
  description: text(2_000).optional(),
});
export type Criterion = z.infer<typeof criterion>;

/** A lot as it is written: without an id it is a new one, without a title it is named by its number. */
const lotInput = lot.partial({ id: true, description: true });
const criterionInput = criterion.partial({ id: true });

const terms = {
  title: line(300),
  description: text(20_000),
  cpv: z.array(cpvCode).max(30),
  skills: z.array(skill).max(50),
  sectors: z.array(line(100)).max(20),
  lots: z.array(lotInput).max(50),
  currency: tenderCurrency,
  budget,
  showBudget: z.boolean(),
  deadline: instant,
  mustHaves: z.array(line(200)).max(30),
  mustHaveCodes: z.array(mustHaveCode).max(mustHaveCode.options.length),
  paymentTerms: text(5_000),
  languages: z.array(languageSkill).max(10),
  criteria: z.array(criterionInput).max(20),
  startsOn: day,
  durationMonths: z.int().min(1).max(240),
  workingHoursOverlap: z.int().min(0).max(12),
  audience,
  /** Organisations the buyer names; they see the tender whatever its audience, and are told of it. */
  invited: z.array(id).max(200),
  /** Days between an award and its contract; 5 where nothing is said. */
  standstillDays: z.int().min(0).max(60),
  /** What contracts begin with, unless the buyer names other milestones then. */
  milestones: z.array(milestoneInput).max(30),
};

/** A draft needs a title; everything else may come later. The currency is that of the budget, else EUR. */
export const newTender = z
  .strictObject(terms)
  .partial()
  .required({ title: true })
  .meta({ description: 'A draft tender; only its buyer sees it' });
export type NewTender = z.infer<typeof newTender>;

/**
 * What is named is replaced as a whole; null takes it away. A published tender is not changed without a `reason`, which its history
 * shows; its audience can only become wider and its invitations stay.
 */
export const tenderChanges = z
  .strictObject({
    ...terms,
    budget: budget.nullable(),
    paymentTerms: terms.paymentTerms.nullable(),
    deadline: instant.nullable(),
    startsOn: day.nullable(),
    durationMonths: terms.durationMonths.nullable(),
    workingHoursOverlap: terms.workingHoursOverlap.nullable(),
    reason: line(1_000),
  })
  .partial();
export type TenderChanges = z.infer<typeof tenderChanges>;

export const because = z.strictObject({ reason: line(2_000) });

/** A buyer; its name is missing only in a draft made before this service had heard of the organisation. */
export const buyer = z.strictObject({ organisationId: id, name: z.string().optional(), country });
const firm = z.strictObject({ organisationId: id, name: z.string().optional() });

const ended = z.strictObject({ reason: z.string(), at: instant });
/** Older ones have no code. */
const unsuccessfulEnd = ended.extend({ code: unsuccessfulCode.optional(), ...becauseOf });

export const questionView = z.strictObject({
  id,
  question: z.string(),
  askedAt: instant,
  /** Only its asker reads true; nobody else learns who asked. */
  mine: z.boolean(),
  answer: z.string().optional(),
  rejectedBecause: z.string().optional(),
  answeredAt: instant.optional(),
});
export type QuestionView = z.infer<typeof questionView>;

/** One line of the history. What others may not see of it (a hidden budget, who was invited) is left out for them. */
export const amendmentView = z.strictObject({
  at: instant,
  changed: z.array(z.string()),
  reason: z.string().optional(),
  /** Bids given before it must be confirmed by submitting them again. */
  changesWhatIsAsked: z.boolean(),
  /** Each term as it was and as it became; without `from` or `to` where there was nothing. Older lines of history lack them. */
  changes: z.array(z.strictObject({ term: z.string(), from: z.unknown().optional(), to: z.unknown().optional() })),
});
export type AmendmentView = z.infer<typeof amendmentView>;

export const lotView = lot.extend({
  award: z
    .strictObject({
      bidId: id,
      winner: firm,
      value: money,
      reason: z.string(),
      ...becauseOf,
      /** Where its place in the ranking is the reason. */
      rank: z.int().optional(),
      points: z.number().optional(),
      at: instant,
      /** From this instant on a contract may be offered. */
      standstillUntil: instant,
      contract: contractView.optional(),
    })
    .optional(),
  unsuccessful: unsuccessfulEnd.optional(),
  /** Buyer only: earlier awards that came to nothing. */
  lapses: z.array(lapse).optional(),
});

/** A tender as one reader sees it. What only its buyer sees is marked; bids are in no reader's view. */
export const tenderView = z
  .strictObject({
    id,
    ocid: z.string(),
    status: tenderStatus,
    /** True for the members of the buying organisation. */
    mine: z.boolean(),
    buyer,
    title: z.string(),
    description: z.string(),
    cpv: z.array(cpvCode),
    skills: z.array(z.string()),
    sectors: z.array(z.string()),
    lots: z.array(lotView),
    currency,
    /** For others only when the buyer shows it. */
    budget: money.optional(),
    /** Buyer only. */
    showBudget: z.boolean().optional(),
    deadline: instant.optional(),
    mustHaves: z.array(z.string()),
    /** A bid confirms each of them. */
    mustHaveCodes: z.array(mustHaveCode),
    paymentTerms: z.string().optional(),
    languages: z.array(languageSkill),
    criteria: z.array(criterion),
    /** Where price is a criterion. */
    priceFormula: priceFormula.optional(),
    startsOn: day.optional(),
    durationMonths: z.int().optional(),
    workingHoursOverlap: z.int().optional(),
    audience,
    /** Buyer only. */
    invited: z.array(id).optional(),
    standstillDays: z.int(),
    milestones: z.array(milestone),
    /** Whether the reader’s organisation is told of changes, answers and the end; missing for the buyer, who always is. */
    following: z.boolean().optional(),
    questions: z.array(questionView),
    amendments: z.array(amendmentView),
    documents: z.array(document),
    publishedAt: instant.optional(),
    closedAt: instant.optional(),
    openedAt: instant.optional(),
    /** After the deadline, while bids are still sealed: the questions that must be answered or rejected first. */
    openingWaitsFor: z.array(id).optional(),
    /** How many bids were opened; unknown to everyone before. */
    bidsOpened: z.int().optional(),
    cancelled: ended.optional(),
    unsuccessful: unsuccessfulEnd.optional(),
    completedAt: instant.optional(),
    /** Buyer only, drafts only: what is still missing before it can be published. */
    missing: z.array(z.string()).optional(),
    /** Buyer only: the public notice it was imported from. */
    importedFrom: z.strictObject({ ocid: z.string(), releaseId: z.string().optional() }).optional(),
    /** Buyer only: the user ids of those who score. */
    evaluators: z.array(id).optional(),
  })
  .meta({ id: 'Tender' });
export type TenderView = z.infer<typeof tenderView>;

/** A tender in a list. */
export const tenderSummary = tenderView.pick({
  id: true,
  ocid: true,
  status: true,
  mine: true,
  buyer: true,
  title: true,
  cpv: true,
  skills: true,
  sectors: true,
  currency: true,
  budget: true,
  deadline: true,
  audience: true,
  publishedAt: true,
});
export type TenderSummary = z.infer<typeof tenderSummary>;

/** Whether the own organisation wants to be told of what changes. It tells nobody, and says nothing of a bid. */
export const following = z.strictObject({ follows: z.boolean() });

export const newQuestion = z.strictObject({ question: line(2_000) });
/** Either an answer, or why it is not answered. Both are public. */
export const questionAnswer = z.union([
  z.strictObject({ answer: line(5_000) }),
  z.strictObject({ rejectedBecause: line(2_000) }),
]);

const lotPrices = z.array(z.strictObject({ lotId: id, price: money })).max(50);
const answers = z
  .array(z.strictObject({ criterionId: id, answer: text(5_000) }))
  .max(20)
  .default([]);
/** Who would do the work: a person or a role. */
const teamMember = z.strictObject({ role: line(120), name: line(120).optional(), experience: text(2_000).optional() });

/** A bid: a price for each lot that is bid for, in the tender's currency, and answers to its criteria. */
export const bidContent = z.strictObject({
  prices: lotPrices.min(1),
  answers,
  team: z.array(teamMember).max(50).optional(),
  /** As uploading each of them answered. */
  documents: z.array(document).max(mostDocuments.bid).optional(),
  /** The tender’s coded must-haves, each of which has to be confirmed. */
  confirms: z.array(mustHaveCode).max(mustHaveCode.options.length).optional(),
  summary: text(5_000).optional(),
});
export type BidContent = z.infer<typeof bidContent>;
export type BidContentInput = z.input<typeof bidContent>;

/** A currency of the bidder's own, and what one unit of the tender's currency is worth in it: the bidder's own reference, no quotation. */
const ownCurrency = z.strictObject({
  currency,
  rate: z.string().regex(/^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,9})?$/, 'A rate like 1450.25 is expected'),
});

/** A bid that is being prepared: whatever there is so far. */
export const bidDraft = bidContent
  .extend({ prices: lotPrices.default([]), ownCurrency })
  .partial({ ownCurrency: true })
  .meta({ description: 'A bid in preparation; only its bidder sees it' });
export type BidDraft = z.infer<typeof bidDraft>;

export const bidDraftView = z.strictObject({
  tenderId: id,
  savedAt: instant,
  draft: bidDraft,
  /** The prices in the own currency, by the rate in the draft. */
  ownPrices: lotPrices.optional(),
  /** What a bid for this tender would still need, or is asked for and not answered. */
  missing: z.array(z.string()),
});
export type BidDraftView = z.infer<typeof bidDraftView>;

/** Which content was taken, as which version, at which instant of the server. */
export const takenBid = z.strictObject({
  tenderId: id,
  bidId: id,
  version: z.int(),
  submittedAt: instant,
  /** SHA-256 of the submitted content as the service canonicalises it (RFC 8785), base64url. */
  digest: z.string(),
});
export type TakenBid = z.infer<typeof takenBid>;

/** A bid that was withdrawn: the version and the digest it had, and when. */
export const withdrawnBid = takenBid.omit({ submittedAt: true }).extend({ withdrawnAt: instant });
export type WithdrawnBid = z.infer<typeof withdrawnBid>;

/** What the platform signs. `digest` is the hash of the content that was submitted, for a withdrawal of the one that was withdrawn. */
export const receiptStatement = z.strictObject({
  /** The platform's address. */
  iss: z.string(),
  event: z.enum(['submitted', 'changed', 'withdrawn']),
  tenderId: id,
  bidId: id,
  bidder: id,
  version: z.int(),
  digest: z.string(),
  /** The server's instant. */
  at: instant,
});
export type ReceiptStatement = z.infer<typeof receiptStatement>;

const statement = z
  .string()
  .meta({ description: 'A receipt statement as a compact JWS (EdDSA); the keys are at /api/tenders/jwks' });
/** What a bidder gets each time, with a signed statement that anyone can check: `npm run verify-receipt`. */
export const bidReceipt = takenBid.extend({ statement });
export type BidReceipt = z.infer<typeof bidReceipt>;
export const withdrawalReceipt = withdrawnBid.extend({ statement });

/** A public Ed25519 key (RFC 8037), and the set of all that ever signed receipts. */
export const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
});
export const jwkSet = z.object({ keys: z.array(jwk) });
export type JwkSet = z.infer<typeof jwkSet>;

/** What one criterion gave: points out of its weight, four decimals. */
const share = z.strictObject({ criterionId: id, score: z.number(), points: z.number() });

const outcome = z.strictObject({
  lotId: id,
  outcome: z.enum(['won', 'lost', 'disqualified', 'declined', 'withdrawn']),
  rank: z.int().optional(),
  points: z.number().optional(),
  shares: z.array(share).optional(),
  /** How many bids were ranked. */
  of: z.int().optional(),
  /** Of a bid that lost. */
  winningPoints: z.number().optional(),
  reason: z.string(),
  ...becauseOf,
  /** What the buyer itself wrote, where `because` says the rest; without `because` that is `reason`. */
  said: z.string().optional(),
  /** Of a disqualified bid. */
  code: disqualificationCode.optional(),
  at: instant,
  /** What the bidder asked about it, once. */
  clarification: clarification.optional(),
});

/**
 * Its bidder's own bid. `invalid`: the tender has changed since; submit again to confirm. `not-opened`: it was still invalid when
 * bids were opened, and nobody has read it.
 */
export const myBid = takenBid.partial({ digest: true }).extend({
  status: z.enum(['valid', 'invalid', 'not-opened', 'opened', 'disqualified']),
  /** Missing, and with it the digest, when the bid was not opened: its content was deleted unread. */
  content: bidContent.optional(),
  /** Since it is out: before any lot is decided. What an earlier version disqualified has no code, or no instant. */
  disqualified: z.strictObject({ reason: z.string(), code: disqualificationCode.optional(), at: instant.optional() }).optional(),
  outcomes: z.array(outcome),
  /** What the bidder of a bid that was not opened asked, once. */
  clarification: clarification.optional(),
});
export type MyBid = z.infer<typeof myBid>;

export const rankedBid = z.strictObject({
  bidId: id,
  bidder: firm,
  rank: z.int(),
  /** 0 to 100. */
  points: z.number(),
  price: money,
  shares: z.array(share),
  /** Quality criteria without a score yet count 0. */
  unscored: z.array(id),
});

export type RankedBid = z.infer<typeof rankedBid>;

/** The opened bids, for their buyer: what each says, and the ranking of each lot with each criterion's share. */
export const openedBids = z.strictObject({
  bids: z.array(
    z.strictObject({
      bidId: id,
      bidder: firm,
      status: z.enum(['opened', 'disqualified']),
      disqualifiedBecause: z.string().optional(),
      disqualificationCode: disqualificationCode.optional(),
      submittedAt: instant,
      digest: z.string(),
      content: bidContent,
      /** Where the buyer scores as one: what it gave so far, with its comments. What evaluators give is in `evaluation`. */
      scores: z.array(score.omit({ bidId: true })).optional(),
      /**
       * Why the reader neither scores this bid nor decides about it: it belongs to its bidder or has declared a conflict (`with-it`), or so
       * of another bid for the same open lot (`with-a-rival`).
       */
      conflict: z.enum(['with-it', 'with-a-rival']).optional(),
    }),
  ),
  lots: z.array(
    z.strictObject({
      lotId: id,
      /** All quality criteria of all its bids are scored: it can be awarded to the first in the ranking. */
      evaluated: z.boolean(),
      ranking: z.array(rankedBid),
    }),
  ),
  /** Where evaluators are appointed. */
  evaluation: evaluation.optional(),
  clarifications: z.array(clarification.extend({ lotId: id, bidder: firm })),
});
export type OpenedBids = z.infer<typeof openedBids>;

/** Scores given here count before the ranking is looked at; the lot goes to the first in the ranking. */
export const award = z.strictObject({
  lotId: id,
  bidId: id,
  reason: line(2_000).optional(),
  scores: z.array(score).max(2_000).optional(),
});

/** Without a lot: all lots that are not awarded yet. */
export const unsuccessful = z.strictObject({ lotId: id.optional(), code: unsuccessfulCode, reason: line(2_000) });
export const disqualification = z.strictObject({ bidId: id, code: disqualificationCode, reason: line(2_000) });

/** What became of each release of an import, in their order. */
export const importedRelease = z.strictObject({
  index: z.int(),
  ocid: z.string().optional(),
  outcome: z.enum(['created', 'already-there', 'refused']),
  tenderId: id.optional(),
  title: z.string().optional(),
  /** Paths of what the notice says and a tender here has no place for. */
  unmapped: z.array(z.string()),
  /** What was taken over, but not as it was. */
  notes: z.array(z.strictObject({ path: z.string(), note: z.string() })),
  refusal: z.strictObject({ type: z.string(), detail: z.string() }).optional(),
});
export type ImportedRelease = z.infer<typeof importedRelease>;

export const importResult = z.strictObject({
  created: z.int(),
  alreadyThere: z.int(),
  refused: z.int(),
  releases: z.array(importedRelease),
  /** What the package says beside its releases; a tender here has no place for it. */
  unmapped: z.array(z.string()).optional(),
});
export type ImportResult = z.infer<typeof importResult>;

/** An OCDS release package, a release, or an array of either; what it holds is judged release by release. */
export const ocdsInput = z
  .union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(10_000)])
  .meta({ description: 'An OCDS 1.1 (or 1.0) release package, one release, or an array of them' });
export const ocdsPackage = z.looseObject({ uri: z.string(), version: z.literal('1.1'), releases: z.array(z.looseObject({})) });
export const ocdsRecordPackage = z.looseObject({
  uri: z.string(),
  version: z.literal('1.1'),
  records: z.array(z.looseObject({})),
});
