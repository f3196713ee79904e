import type { ProblemText } from '../problem.ts';

export const profilesProblems = {
  'no-such-profile': { title: 'There is no such profile', detail: 'This company has no published profile.' },
  'profile-incomplete': {
    title: 'The profile is not complete yet',
    detail: 'Before it is published it needs a summary and at least one thing offered or needed: a CPV code or a skill.',
  },
  'organisation-not-known-yet': {
    title: 'Your registration is still on its way',
    detail: 'Your organisation was registered a moment ago. Try again in a few seconds.',
  },
  'profile-not-published': { title: 'The profile is not published', detail: 'Only a published profile can be withdrawn.' },
  'unknown-cursor': { title: 'This page mark is not known', detail: 'Start the list again without a cursor.' },
} satisfies Record<string, ProblemText>;
