import { notificationsProblems } from '@umuhuza/contracts/notifications/problems';
import type { ProblemStatus } from '@umuhuza/contracts/problem';
import { problemsOf } from '@umuhuza/service/problems';

const statuses = {
  'no-such-notification': 404,
  'must-be-known': 422,
  'unknown-link': 404,
  'unknown-cursor': 400,
  'unknown-position': 400,
} as const satisfies Record<keyof typeof notificationsProblems, ProblemStatus>;

export const { refuse, answer } = problemsOf(statuses, notificationsProblems);
