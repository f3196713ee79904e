import { z } from 'zod';
import { event } from '../event.ts';
import { country, cpvCode, currency, id, instant, languageSkill, money } from '../values.ts';
import { because, disqualificationCode, unsuccessfulCode } from './award.ts';
import { audience, mustHaveCode } from './schemas.ts';

const buyer = z.object({ organisationId: id, name: z.string(), country });

/** What everybody may know of a published tender. */
export const publicTender = z.object({
  tenderId: id,
  buyer,
  title: z.string(),
  description: z.string(),
  cpv: z.array(cpvCode),
  skills: z.array(z.string()),
  lots: z.array(z.object({ id, title: z.string(), description: z.string() })),
  currency: currency.optional(),
  /** Only when the buyer shows it. */
  budget: money.optional(),
  deadline: instant,
  /** Those that a profile can show: the free ones, and a coded certificate by its name. */
  mustHaves: z.array(z.string()),
  /** All coded ones. */
  mustHaveCodes: z.array(mustHaveCode).optional(),
  paymentTerms: z.string().optional(),
  languages: z.array(languageSkill),
  criteria: z.array(z.object({ id, name: z.string(), weight: z.number(), kind: z.enum(['price', 'quality']) })),
  startsOn: z.string().optional(),
  durationMonths: z.int().optional(),
  sectors: z.array(z.string()),
  /** Hours of the working day both sides should share. */
  workingHoursOverlap: z.number().optional(),
  audience,
  ocid: z.string(),
  publishedAt: instant,
});
export type PublicTender = z.infer<typeof publicTender>;

const about = { tenderId: id, title: z.string(), buyer };
/** The title of the lot, where the tender has more than one. */
const lotTitle = z.string().optional();
/** Of a lot; `reason` says in English what `because` says. */
const ofLot = { ...about, lotId: id, lotTitle };
/** The organisations that asked to be told. Whether they bid is not said and not known here. */
const followers = z.array(id).optional();
/**
 * The owners of the bids that this takes their worth from, sealed for notifications: before the opening nobody else may know them. There, and as
 * long, also when nobody has bid. Missing where no bid is concerned, and in what earlier versions said.
 */
const owners = z.string().optional();

const exampleBuyer = { organisationId: 'o1', name: 'Demonstration Logistik GmbH', country: 'DE' as const };
const exampleAbout = { tenderId: 't1', title: 'A portal for carriers', buyer: exampleBuyer };
const exampleTender = {
  tenderId: 't1',
  buyer: exampleBuyer,
  title: 'A portal for carriers',
  description: 'Carriers see their loads and confirm them on a phone.',
  cpv: ['72212000'],
  skills: ['TypeScript'],
  lots: [{ id: 'lot-1', title: 'A portal for carriers', description: '' }],
  currency: 'EUR',
  deadline: '2027-01-31T22:59:59.000Z',
  mustHaves: ['ISO 27001'],
  languages: [{ language: 'en', level: 'B2' as const }],
  criteria: [
    { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
    { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' as const },
  ],
  sectors: ['logistics'],
  workingHoursOverlap: 4,
  audience: 'all' as const,
  ocid: 'ocds-umuhuza-t1',
  publishedAt: '2026-12-01T08:00:00.000Z',
};

const ofContract = { ...ofLot, contractId: id, supplier: id };
const exampleContract = { ...exampleAbout, lotId: 'lot-1', contractId: 'c1', supplier: 'o2' };
const exampleClarification = { ...exampleAbout, lotId: 'lot-1', organisationId: 'o3', clarificationId: 'q1' };

/** None of these tells of a bid before `BidsOpened`. */
export const tendersEvents = {
  TenderPublished: event(1, z.object({ tender: publicTender }), { tender: exampleTender }),
  /** Firms the buyer names: with the publication, or later. */
  FirmsInvited: event(1, z.object({ ...about, deadline: instant, firms: z.array(id) }), {
    ...exampleAbout,
    deadline: exampleTender.deadline,
    firms: ['o2'],
  }),
  TenderAmended: event(
    1,
    z.object({
      tender: publicTender,
      changed: z.array(z.string()),
      /** Bids given before must be confirmed by submitting them again. */
      changesWhatIsAsked: z.boolean().optional(),
      reason: z.string().optional(),
      followers,
      owners,
    }),
    { tender: exampleTender, changed: ['deadline'], changesWhatIsAsked: false },
  ),
  TenderCancelled: event(1, z.object({ ...about, reason: z.string(), followers, owners }), {
    ...exampleAbout,
    reason: 'The project was stopped.',
  }),
  QuestionAsked: event(1, z.object({ ...about, questionId: id, question: z.string() }), {
    ...exampleAbout,
    questionId: 'q1',
    question: 'May the team be spread over two cities?',
  }),
  QuestionAnswered: event(1, z.object({ ...about, questionId: id, question: z.string(), answer: z.string(), followers }), {
    ...exampleAbout,
    questionId: 'q1',
    question: 'May the team be spread over two cities?',
    answer: 'Yes.',
  }),
  QuestionRejected: event(1, z.object({ ...about, questionId: id, question: z.string(), reason: z.string(), followers }), {
    ...exampleAbout,
    questionId: 'q1',
    question: 'Which firms have asked before?',
    reason: 'Answering would disclose who takes part.',
  }),
  BiddingClosed: event(
    1,
    /** `openingWaitsFor`: the questions that must be answered or rejected before the bids can be opened. */
    z.object({ ...about, openingWaitsFor: z.array(id).optional() }),
    exampleAbout,
  ),
  BidsOpened: event(1, z.object({ ...about, bidders: z.array(id), bids: z.int() }), {
    ...exampleAbout,
    bidders: ['o2', 'o3'],
    bids: 2,
  }),
  /** To a bidder whose bid was not confirmed after an amendment: nobody has read it, and it took no part. */
  BidNotOpened: event(1, z.object({ ...about, organisationId: id }), { ...exampleAbout, organisationId: 'o4' }),
  LotAwarded: event(
    1,
    z.object({
      ...ofLot,
      winner: z.object({ organisationId: id, bidId: id }),
      value: money,
      reason: z.string(),
      ...because,
      /** Where its place in the ranking is the reason; `score`: points of 100. */
      rank: z.int().optional(),
      score: z.number().optional(),
      /** No contract before. */
      standstillUntil: instant.optional(),
    }),
    {
      ...exampleAbout,
      lotId: 'lot-1',
      winner: { organisationId: 'o2', bidId: 'b1' },
      value: { amount: 4_200_000, currency: 'EUR' },
      reason: 'First in the ranking with 91.5 of 100 points.',
      because: 'ranking' as const,
      rank: 1,
      score: 91.5,
    },
  ),
  /** One for each bidder and lot: nobody is left without an answer. */
  BidderInformed: event(
    1,
    z.object({
      ...ofLot,
      organisationId: id,
      outcome: z.enum(['won', 'lost', 'disqualified']),
      rank: z.int().optional(),
      /** Points of 100. */
      score: z.number().optional(),
      /** How many bids were ranked, and the points of the winning one for a bid that lost. */
      of: z.int().optional(),
      winningScore: z.number().optional(),
      reason: z.string(),
      ...because,
      /** What the buyer itself wrote, where `because` says the rest. */
      said: z.string().optional(),
      /** Of a disqualified bid. */
      code: disqualificationCode.optional(),
    }),
    {
      ...exampleAbout,
      lotId: 'lot-1',
      organisationId: 'o3',
      outcome: 'lost' as const,
      rank: 2,
      score: 84.25,
      of: 2,
      winningScore: 91.5,
      reason: 'Rank 2 of 2 with 84.25 of 100 points; the winning bid has 91.5.',
      because: 'ranking' as const,
    },
  ),
  LotUnsuccessful: event(1, z.object({ ...ofLot, reason: z.string(), code: unsuccessfulCode.optional(), ...because }), {
    ...exampleAbout,
    lotId: 'lot-2',
    reason: 'No bid was within reach.',
  }),
  TenderUnsuccessful: event(
    1,
    z.object({ ...about, reason: z.string(), code: unsuccessfulCode.optional(), ...because, followers }),
    {
      ...exampleAbout,
      reason: 'No valid bid was received.',
    },
  ),
  /** `evaluators`: user ids of members of the buyer. */
  EvaluatorsAppointed: event(1, z.object({ ...about, evaluators: z.array(id) }), { ...exampleAbout, evaluators: ['u1', 'u2'] }),
  /** The evaluators have finished, or the buyer has closed the scoring: the ranking can be looked at. */
  ScoringEnded: event(1, z.object({ ...about, reason: z.string().optional() }), exampleAbout),
  /** The winner declined, or the buyer noted that it has withdrawn. Whom the lot passes to is said by the next `LotAwarded`. */
  AwardLapsed: event(
    1,
    z.object({
      ...ofLot,
      winner: z.object({ organisationId: id, bidId: id }),
      how: z.enum(['declined', 'withdrawn']),
      reason: z.string(),
    }),
    {
      ...exampleAbout,
      lotId: 'lot-1',
      winner: { organisationId: 'o2', bidId: 'b1' },
      how: 'declined' as const,
      reason: 'Our team is bound elsewhere until May.',
    },
  ),
  /** What a contract says stays between its sides. */
  ContractOffered: event(1, z.object(ofContract), exampleContract),
  ContractSigned: event(1, z.object({ ...ofContract, value: money }), {
    ...exampleContract,
    value: { amount: 4_200_000, currency: 'EUR' },
  }),
  MilestoneSignedOff: event(1, z.object({ ...ofContract, milestoneId: id, by: z.enum(['buyer', 'supplier']) }), {
    ...exampleContract,
    milestoneId: 'milestone-1',
    by: 'supplier' as const,
  }),
  ContractCompleted: event(1, z.object(ofContract), exampleContract),
  /** A bidder asks about its outcome; what it asks is between it and the buyer. */
  ClarificationAsked: event(1, z.object({ ...ofLot, organisationId: id, clarificationId: id }), exampleClarification),
  ClarificationAnswered: event(1, z.object({ ...ofLot, organisationId: id, clarificationId: id }), exampleClarification),
  /** Others wait for the buyer, and have for a week, or another week since it was last told. */
  BuyerReminded: event(
    1,
    z.object({
      ...about,
      /** When the first of it began to wait. */
      since: instant,
      /** Questions that keep the bids sealed. */
      openQuestions: z.int(),
      /** The titles of the lots nobody has decided about since the bids are open, and of how many lots there are. */
      undecidedLots: z.array(z.string()),
      lots: z.int(),
      /** Bidders that have asked about their outcome. */
      openClarifications: z.int(),
    }),
    {
      ...exampleAbout,
      since: '2027-02-01T09:00:00.000Z',
      openQuestions: 0,
      undecidedLots: ['A portal for carriers'],
      lots: 1,
      openClarifications: 2,
    },
  ),
  TenderCompleted: event(1, z.object(about), exampleAbout),
};
