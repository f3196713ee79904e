import type { ProblemText } from '../problem.ts';

export const matchingProblems = {
  'no-such-interest': {
    title: 'There is no such interest',
    detail: 'The address is wrong, or it is between two other organisations.',
  },
  'consent-missing': {
    title: 'Your consent is missing',
    detail: 'The other side learns who you are and the contact you give. Send "consent": true if you agree to that.',
  },
  'interest-in-oneself': {
    title: 'This is your own organisation',
    detail: 'Express interest in another organisation; yours cannot be introduced to itself.',
  },
  'no-such-organisation': {
    title: 'This organisation is not known',
    detail: 'Check the id. An organisation that registered a moment ago is known here within seconds.',
  },
  'organisation-not-known-yet': {
    title: 'Your registration is still on its way',
    detail: 'Your organisation was registered a moment ago. Try again in a few seconds.',
  },
  'interest-open-already': {
    title: 'An interest between you is open already',
    detail: 'Answer the one you received, or wait for the answer to yours: it comes within 14 days.',
  },
  'not-yours-to-answer': {
    title: 'The other side answers',
    detail: 'You expressed this interest; only the organisation you asked can accept or decline it.',
  },
  'interest-answered': {
    title: 'This interest was answered before',
    detail: 'An answer stands. Express interest yourself if your mind has changed.',
  },
  'interest-expired': {
    title: 'This interest has expired',
    detail: 'It was not answered within 14 days. Express interest yourself to begin anew.',
  },
  'unknown-cursor': { title: 'This page mark is not known', detail: 'Start the list again without a cursor.' },
} satisfies Record<string, ProblemText>;
