import type { OutcomeWords } from './outcome.ts';

export const outcomeInGerman: OutcomeWords = {
  reason: (words) => `Begründung: ${words}`,
  grounds: {
    'must-have-not-met': 'Eine Bedingung ist nicht erfüllt',
    incomplete: 'Das Angebot ist unvollständig',
    'not-as-asked': 'Es ist nicht, was verlangt war',
    'abnormally-low-price': 'Der Preis ist ungewöhnlich niedrig',
    'conflict-of-interest': 'Ein Interessenkonflikt',
    'false-statement': 'Eine falsche Angabe',
    other: 'Ein anderer Grund',
  },
  ground: (ground) => `Grund: ${ground}.`,
  place: (rank, of, points) =>
    `Ihr Rang: ${rank}${of === undefined ? '' : ` von ${of}`}${points === undefined ? '' : `, mit ${points} von 100 Punkten`}.`,
  winner: (points) => `Das Angebot mit dem Zuschlag hat ${points}.`,
  first: 'Ihr Angebot ist das erste in der Rangfolge.',
  firstOf: (points) => `Es ist das erste Angebot in der Rangfolge, mit ${points} von 100 Punkten.`,
  passedOn: {
    declined: 'Der Zuschlag geht auf Sie über, weil der Bieter vor Ihnen ihn abgelehnt hat.',
    withdrawn: 'Der Zuschlag geht auf Sie über, weil der Bieter vor Ihnen zurückgetreten ist.',
  },
  passedOnTo: (rank, points, how) =>
    `Der Zuschlag geht weiter, weil der Bieter davor ${how === 'declined' ? 'ihn abgelehnt hat' : 'zurückgetreten ist'}: Dieses Angebot hat Rang ${rank}, mit ${points} von 100 Punkten.`,
  nobody: 'Den Zuschlag erhält niemand: Der Auftraggeber hat die Vergabe ohne Zuschlag beendet.',
  noValidBid: 'Es ging kein gültiges Angebot ein.',
  nobodyLeft: {
    declined: 'Der Zuschlag wurde abgelehnt, und kein anderes Angebot ist übrig.',
    withdrawn: 'Der Bieter mit dem Zuschlag ist zurückgetreten, und kein anderes Angebot ist übrig.',
  },
  questions: (n, { number }) =>
    n === 1
      ? 'Eine Frage wartet auf Ihre Antwort. Die Angebote bleiben versiegelt, bis Sie sie beantwortet oder mit Begründung abgelehnt haben.'
      : `${number(n)} Fragen warten auf Ihre Antwort. Die Angebote bleiben versiegelt, bis Sie jede beantwortet oder mit Begründung abgelehnt haben.`,
  undecided: (lots) =>
    lots.length > 0
      ? `Die Angebote sind geöffnet, und noch nicht entschieden ist über: ${lots.map((lot) => `„${lot}“`).join(', ')}.`
      : 'Die Angebote sind geöffnet, und noch ist nichts entschieden.',
  clarifications: (n, { number }) =>
    n === 1
      ? 'Ein Bieter wartet auf Ihre Antwort zu seinem Ergebnis.'
      : `${number(n)} Bieter warten auf Ihre Antwort zu ihrem Ergebnis.`,
};
