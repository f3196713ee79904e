import type { ToldData } from '../told.ts';
import type { Say } from './catalogue.ts';

type Outcome = ToldData['award-outcome'];
type Awarded = ToldData['lot-awarded'];
type Ended = Omit<ToldData['tender-unsuccessful'], 'title'>;
type Waiting = Omit<ToldData['buyer-reminded'], 'title' | 'since'>;

/** How one language gives reasons. What a person wrote stands as it was written; what the platform says itself is said in the language. */
export type OutcomeWords = {
  readonly reason: (words: string) => string;
  readonly grounds: Readonly<Record<NonNullable<Outcome['code']>, string>>;
  readonly ground: (ground: string) => string;
  /** Place and points, each as far as they are known. */
  readonly place: (rank: string, of: string | undefined, points: string | undefined) => string;
  readonly winner: (points: string) => string;
  readonly first: string;
  readonly firstOf: (points: string) => string;
  readonly passedOn: Readonly<Record<'declined' | 'withdrawn', string>>;
  readonly passedOnTo: (rank: string, points: string, how: 'declined' | 'withdrawn') => string;
  readonly nobody: string;
  readonly noValidBid: string;
  readonly nobodyLeft: Readonly<Record<'declined' | 'withdrawn', string>>;
  readonly questions: (n: number, say: Say) => string;
  readonly undecided: (lots: readonly string[]) => string;
  readonly clarifications: (n: number, say: Say) => string;
};

const ifSaid = (words: OutcomeWords, said: string | undefined): string[] => (said ? [words.reason(said)] : []);

/** Why a bid won, lost or is out. */
export const whyOutcome = (words: OutcomeWords, told: Outcome, { number }: Say): string[] => {
  const { rank, of, score, winningScore, because, how, said, code, reason } = told;
  const asText = (value: number | undefined) => (value === undefined ? undefined : number(value));
  const place = rank === undefined ? [] : [words.place(number(rank), asText(of), asText(score))];
  const winner = winningScore === undefined ? [] : [words.winner(number(winningScore))];
  const standing = place.length > 0 ? [[...place, ...winner].join(' ')] : [];
  switch (because) {
    case 'ranking':
      return [...standing, ...(told.outcome === 'won' ? [words.first] : []), ...ifSaid(words, said)];
    case 'passed-on':
      return [...standing, ...(how ? [words.passedOn[how]] : [])];
    case 'no-award':
      return [...standing, words.nobody, ...ifSaid(words, said)];
    default:
      return [...standing, ...(code ? [words.ground(words.grounds[code])] : []), words.reason(reason)];
  }
};

/** Why a lot went to the one who got it. */
export const whyAwarded = (words: OutcomeWords, { because, how, rank, score, reason }: Awarded, { number }: Say): string => {
  if (because === 'ranking' && score !== undefined) return words.firstOf(number(score));
  if (because === 'passed-on' && how && rank !== undefined && score !== undefined)
    return words.passedOnTo(number(rank), number(score), how);
  return words.reason(reason);
};

/** Why a tender ended without an award. */
export const whyUnsuccessful = (words: OutcomeWords, { because, how, reason }: Ended): string => {
  if (because === 'no-valid-bid') return words.noValidBid;
  return because === 'nobody-left' && how ? words.nobodyLeft[how] : words.reason(reason);
};

/** What waits for a buyer. */
export const whatWaits = (
  words: OutcomeWords,
  { openQuestions, undecidedLots, lots, openClarifications }: Waiting,
  say: Say,
): string[] => [
  ...(openQuestions > 0 ? [words.questions(openQuestions, say)] : []),
  ...(undecidedLots.length > 0 ? [words.undecided(lots > 1 ? undecidedLots : [])] : []),
  ...(openClarifications > 0 ? [words.clarifications(openClarifications, say)] : []),
];
