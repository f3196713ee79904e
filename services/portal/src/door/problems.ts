import type { ProblemStatus, ProblemText } from '@umuhuza/contracts/problem';
import { problemsOf } from '@umuhuza/service/problems';

/** The refusals that the door has of its own. */
export const doorProblems = {
  'service-away': {
    title: 'A part of the platform is away',
    detail:
      'This part cannot be reached at the moment; the others go on. Try again in a few seconds; with the same Idempotency-Key nothing is done twice.',
  },
  'cross-site-request': {
    title: 'This request came from another site',
    detail: 'What changes something is only taken from the platform’s own pages, at its public address.',
  },
} satisfies Record<string, ProblemText>;
export type DoorProblem = keyof typeof doorProblems;

const statuses = { 'service-away': 503, 'cross-site-request': 403 } as const satisfies Record<DoorProblem, ProblemStatus>;

export const { refuse: doorProblem } = problemsOf(statuses, doorProblems);
