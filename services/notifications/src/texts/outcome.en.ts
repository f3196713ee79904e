import type { OutcomeWords } from './outcome.ts';

export const outcomeInEnglish: OutcomeWords = {
  reason: (words) => `Reason: ${words}`,
  grounds: {
    'must-have-not-met': 'a must-have is not met',
    incomplete: 'the bid is incomplete',
    'not-as-asked': 'it is not what was asked',
    'abnormally-low-price': 'the price is abnormally low',
    'conflict-of-interest': 'a conflict of interest',
    'false-statement': 'a false statement',
    other: 'another ground',
  },
  ground: (ground) => `Ground: ${ground}.`,
  place: (rank, of, points) =>
    `Your rank: ${rank}${of === undefined ? '' : ` of ${of}`}${points === undefined ? '' : `, with ${points} of 100 points`}.`,
  winner: (points) => `The winning bid has ${points}.`,
  first: 'Yours is the first bid in the ranking.',
  firstOf: (points) => `It is the first bid in the ranking, with ${points} of 100 points.`,
  passedOn: {
    declined: 'The award passes to you, because the bid before yours declined it.',
    withdrawn: 'The award passes to you, because the bid before yours was withdrawn.',
  },
  passedOnTo: (rank, points, how) =>
    `The award passes on, because the bid before ${how === 'declined' ? 'declined it' : 'was withdrawn'}: this one has rank ${rank}, with ${points} of 100 points.`,
  nobody: 'Nobody gets it: the buyer has ended it without an award.',
  noValidBid: 'No valid bid was received.',
  nobodyLeft: {
    declined: 'The award was declined, and no other bid is left.',
    withdrawn: 'The winner has withdrawn, and no other bid is left.',
  },
  questions: (n, { number }) =>
    n === 1
      ? 'A question waits for your answer. The bids stay sealed until you have answered it, or rejected it with a reason.'
      : `${number(n)} questions wait for your answer. The bids stay sealed until you have answered each, or rejected it with a reason.`,
  undecided: (lots) =>
    lots.length > 0
      ? `The bids are open, and nothing is decided yet about: ${lots.map((lot) => `“${lot}”`).join(', ')}.`
      : 'The bids are open, and nothing is decided yet.',
  clarifications: (n, { number }) =>
    n === 1
      ? 'A bidder waits for your answer about its outcome.'
      : `${number(n)} bidders wait for your answer about their outcome.`,
};
