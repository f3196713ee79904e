import type { Level } from '../firm.ts';
import { type Words, writingOf } from './words.ts';

const { listed, languageName, number, day, amount, clock } = writingOf('en-GB', 'and');
const plural = (n: number, one: string): string => `${number(n)} ${one}${n === 1 ? '' : 's'}`;
const at = (level: Level): string => (level === 'native' ? 'as a native' : `at ${level}`);

export const en: Words = {
  offersCode: (code) => `Offers exactly what is asked: CPV ${code}.`,
  offersPartOf: (offered, code) => `Offers CPV ${listed(offered)}, a part of CPV ${code} that is asked.`,
  offersNear: (offered, code) => `Offers CPV ${listed(offered)}, which is near CPV ${code} that is asked.`,
  offersNothingNear: (code) => `CPV ${code} is asked; nothing offered comes near it.`,
  offersSkill: (skill) => `Offers ${skill}.`,
  lacksSkill: (skill) => `${skill} is asked and not among the skills offered.`,
  speaks: (spoken, { language, level }) =>
    `Speaks ${languageName(language)} ${at(spoken)}; ${level === 'native' ? 'a native level' : level} is asked.`,
  doesNotSpeak: ({ language, level }) => `${languageName(language)} ${at(level)} is asked; the profile does not name it.`,
  bothSpeak: (languages) => `You both speak ${listed(languages.map(languageName))}.`,
  noLanguageInCommon: (yours) => `You have no language in common; yours: ${listed(yours.map(languageName))}.`,
  sharesHours: ({ shared, wished, firm, other, day: date }) =>
    `Shares ${plural(shared, 'working hour')} a day with the other side (${clock(firm)} and ${clock(other)}, on ${day(date)}); ${number(wished)} are wished.`,
  knowsSector: (sector) => `Knows the sector ${sector}.`,
  lacksSector: (sector) => `The sector ${sector} is not among those the firm names.`,
  hasReferences: (confirmed) => `Has ${plural(confirmed, 'reference')} that the other side confirmed.`,
  noReferenceYet: () => 'None of its references is confirmed yet; a contract won here counts as one.',
  holds: (certificates) => `Holds ${listed(certificates)}.`,
  noCertificate: () => 'The profile shows no certificate.',
  findsWhatItWants: (skills, cpv) =>
    `It would find what it looks for: ${listed([...skills, ...cpv.map((code) => `CPV ${code}`)])}.`,
  findsNothingItWants: () => 'Nothing the firm looks for is found here.',
  saysNoWish: () => 'The profile does not say what the firm looks for, so its own wishes cannot count.',
  otherCurrency: (rate, budget) => `The day rate is in ${rate}, the budget in ${budget}; they cannot be compared.`,
  noDayRate: () => 'The profile names no day rate, so it cannot be set against the budget.',
  budgetPays: (rate, people, months) =>
    `At a day rate from ${amount(rate)} the budget pays ${number(people)} people for ${plural(months, 'month')}.`,
  teamAndBudget: (members, people) =>
    `The team has ${plural(members, 'member')}; the budget pays ${number(people)} at its upper rate.`,
  availableFrom: (from, start) => `Available from ${day(from)}; the work starts on ${day(start)}.`,
  availabilityUnknown: (start) => `The profile does not say from when the firm is available; the work starts on ${day(start)}.`,

  sameCountry: () => 'Both are in one country; cooperations here are between Germany and Rwanda.',
  certificateRequired: (certificate) => `${certificate} is required; the profile does not show it.`,
  offersNothingAsked: () => 'Nothing of what is asked is among what the profile offers.',
  noProfile: () => 'Publish your profile: without it you are compared with no tender.',
};
