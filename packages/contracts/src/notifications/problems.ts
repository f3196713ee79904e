import type { ProblemText } from '../problem.ts';

export const notificationsProblems = {
  'no-such-notification': {
    title: 'There is no such notification',
    detail: 'Your inbox holds no notification with this id. Read the list again.',
  },
  'must-be-known': {
    title: 'This cannot be switched off',
    detail: 'Awards and cancellations must be known to those they concern. Leave them on; all else can be switched off.',
  },
  'unknown-link': {
    title: 'This link is not known',
    detail: 'Use the whole link as the mail showed it, or sign in and change your preferences.',
  },
  'unknown-cursor': { title: 'This page mark is not known', detail: 'Start the list again without a cursor.' },
  'unknown-position': {
    title: 'This place in the stream is not known',
    detail: 'Read the list and take its position, or start the stream without Last-Event-ID.',
  },
} satisfies Record<string, ProblemText>;
