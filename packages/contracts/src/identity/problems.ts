import type { ProblemText } from '../problem.ts';

export const identityProblems = {
  'programme-office-closed': {
    title: 'The one-time link was used',
    detail: 'The programme office has its account; sign in with it. The link makes one account only.',
  },
  'wrong-code': {
    title: 'The code is not right',
    detail: 'Use the whole link as the terminal showed it on the first start.',
  },
  'email-taken': {
    title: 'This e-mail address has an account',
    detail: 'Choose another address for the programme office; an existing account cannot become one.',
  },
} satisfies Record<string, ProblemText>;
