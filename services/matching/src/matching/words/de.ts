import type { Level } from '../firm.ts';
import { type Words, writingOf } from './words.ts';

const { listed, languageName, number, day, amount, clock } = writingOf('de-DE', 'und');
const count = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;
const asked = (level: Level): string => (level === 'native' ? 'als Muttersprache' : `auf ${level}`);

export const de: Words = {
  offersCode: (code) => `Bietet genau, was gesucht wird: CPV ${code}.`,
  offersPartOf: (offered, code) => `Bietet CPV ${listed(offered)}, einen Teil des gesuchten CPV ${code}.`,
  offersNear: (offered, code) => `Bietet CPV ${listed(offered)}; das liegt nahe am gesuchten CPV ${code}.`,
  offersNothingNear: (code) => `Gesucht wird CPV ${code}; nichts im Angebot kommt dem nahe.`,
  offersSkill: (skill) => `Bietet ${skill}.`,
  lacksSkill: (skill) => `Gesucht wird ${skill}; unter den angebotenen Fähigkeiten steht das nicht.`,
  speaks: (spoken, { language, level }) =>
    `Spricht ${languageName(language)} ${asked(spoken)}; verlangt ist ${level === 'native' ? 'Muttersprache' : level}.`,
  doesNotSpeak: ({ language, level }) =>
    `Verlangt ist ${languageName(language)} ${asked(level)}; das Profil nennt die Sprache nicht.`,
  bothSpeak: (languages) => `Sie sprechen beide ${listed(languages.map(languageName))}.`,
  noLanguageInCommon: (yours) => `Sie haben keine gemeinsame Sprache; Ihre: ${listed(yours.map(languageName))}.`,
  sharesHours: ({ shared, wished, firm, other, day: date }) =>
    `Arbeitet am Tag ${count(shared, 'Stunde', 'Stunden')} zur selben Zeit wie die andere Seite (${clock(firm)} und ${clock(other)}, am ${day(date)}); gewünscht ${wished === 1 ? 'ist' : 'sind'} ${number(wished)}.`,
  knowsSector: (sector) => `Kennt die Branche ${sector}.`,
  lacksSector: (sector) => `Die Branche ${sector} nennt das Profil nicht.`,
  hasReferences: (confirmed) =>
    `Hat ${count(confirmed, 'Referenz', 'Referenzen')}, die von der anderen Seite bestätigt ${confirmed === 1 ? 'ist' : 'sind'}.`,
  noReferenceYet: () => 'Noch keine Referenz ist bestätigt; ein hier gewonnener Vertrag zählt als eine.',
  holds: (certificates) => `Ist zertifiziert: ${listed(certificates)}.`,
  noCertificate: () => 'Das Profil zeigt kein Zertifikat.',
  findsWhatItWants: (skills, cpv) =>
    `Würde hier finden, was gesucht wird: ${listed([...skills, ...cpv.map((code) => `CPV ${code}`)])}.`,
  findsNothingItWants: () => 'Nichts von dem, was im Profil gesucht wird, ist hier zu finden.',
  saysNoWish: () => 'Das Profil sagt nicht, was gesucht wird; deshalb können eigene Wünsche nicht zählen.',
  otherCurrency: (rate, budget) => `Der Tagessatz ist in ${rate}, das Budget in ${budget}; sie sind nicht vergleichbar.`,
  noDayRate: () => 'Das Profil nennt keinen Tagessatz, der sich mit dem Budget vergleichen ließe.',
  budgetPays: (rate, people, months) =>
    `Bei einem Tagessatz ab ${amount(rate)} bezahlt das Budget ${count(people, 'Person', 'Personen')} für ${count(months, 'Monat', 'Monate')}.`,
  teamAndBudget: (members, people) =>
    `Das Team hat ${count(members, 'Mitglied', 'Mitglieder')}; zum höheren Satz bezahlt das Budget ${number(people)}.`,
  availableFrom: (from, start) => `Verfügbar ab ${day(from)}; die Arbeit beginnt am ${day(start)}.`,
  availabilityUnknown: (start) =>
    `Das Profil sagt nicht, ab wann das Unternehmen verfügbar ist; die Arbeit beginnt am ${day(start)}.`,

  sameCountry: () => 'Beide sind im selben Land; Kooperationen verbinden hier Deutschland und Ruanda.',
  certificateRequired: (certificate) => `${certificate} ist unbedingt verlangt; das Profil zeigt es nicht.`,
  offersNothingAsked: () => 'Nichts von dem, was gesucht wird, bietet das Profil.',
  noProfile: () => 'Veröffentlichen Sie Ihr Profil: Ohne es werden Sie mit keiner Ausschreibung verglichen.',
};
