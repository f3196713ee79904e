import type {
  Contact,
  CooperationView,
  FirmMatch,
  InterestView,
  TenderMatches,
  TenderSummary,
} from '@umuhuza/contracts/matching/schemas';
import type { KnownCooperation } from './cooperationBook.ts';
import type { Consent, Interest } from './interest/interest.ts';
import type { KnownInterest } from './interestBook.ts';
import type { Firm } from './matching/firm.ts';
import type { Judgement, Measure } from './matching/scoreFirm.ts';
import type { Words } from './matching/words/words.ts';
import type { Tender } from './terms.ts';

export const toTenderSummary = ({ tenderId, title, buyer, deadline }: Tender): TenderSummary => ({
  tenderId,
  title,
  buyer: { organisationId: buyer.organisationId, name: buyer.name, country: buyer.country },
  deadline,
});

export const toReasons = ({ reasons }: Judgement): FirmMatch['reasons'] => reasons.map((reason) => ({ ...reason }));

export const toFirmMatch = (measure: Measure, firm: Firm, words: Words): FirmMatch => {
  const judgement = measure.judge(firm, words);
  const { organisationId, name, country } = firm.profile;
  return { organisationId, name, country, score: judgement.score, reasons: toReasons(judgement) };
};

/** The same as the firm itself reads it: with the must-haves it lacks, and what would count once it had them. */
export const toOwnMatch = (measure: Measure, firm: Firm, words: Words): Omit<TenderMatches['firms'][number], 'told'> => {
  const missing = measure.failures(firm).map(({ name, says }) => ({ name, says: says(words) }));
  const match = toFirmMatch(measure, firm, words);
  return missing.length === 0
    ? match
    : { ...match, missing, reasons: measure.reasons(firm, words).map((reason) => ({ ...reason })) };
};

const contactOf = (consent: Consent | undefined): { contact?: Contact } =>
  consent?.contact ? { contact: { ...consent.contact } as Contact } : {};

const consentOfTo = (interest: KnownInterest): Consent | undefined =>
  interest.status === 'accepted' || interest.status === 'introduced' ? interest.consentOfTo : undefined;

/** As one of the two sides sees it. The asked side's contact is there only since it agreed, the asking side's from the start. */
export const toInterest = (interest: KnownInterest, reader: string): InterestView => ({
  interestId: interest.interestId,
  direction: reader === interest.from.organisationId ? 'sent' : 'received',
  status: interest.status,
  from: { ...interest.from, ...contactOf(interest.consentOfFrom) },
  to: { ...interest.to, ...contactOf(consentOfTo(interest)) },
  ...(interest.message === undefined ? {} : { message: interest.message }),
  expressedAt: interest.expressedAt,
  expiresAt: interest.expiresAt,
  ...('answeredAt' in interest ? { answeredAt: interest.answeredAt } : {}),
  ...(interest.status === 'declined' && interest.reason !== undefined ? { reason: interest.reason } : {}),
  ...(interest.status === 'introduced' ? { cooperationId: interest.cooperationId } : {}),
});

/** Contacts are read from the interest it came from, so that they lie in one place only. */
export const toCooperation = (cooperation: KnownCooperation, origin: Interest | undefined): CooperationView => ({
  cooperationId: cooperation.cooperationId,
  status: cooperation.status,
  organisations: cooperation.organisations.map((organisation) => ({
    ...organisation,
    ...(origin && origin.status !== 'none'
      ? contactOf(organisation.organisationId === origin.from.organisationId ? origin.consentOfFrom : consentOfTo(origin))
      : {}),
  })),
  origin: cooperation.origin,
  ...(cooperation.title === undefined ? {} : { title: cooperation.title }),
  startedAt: cooperation.startedAt,
  ...(cooperation.status === 'ended' ? { ended: { reason: cooperation.reason, at: cooperation.endedAt } } : {}),
});
