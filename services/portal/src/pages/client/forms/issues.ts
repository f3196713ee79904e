import { Refused } from '../api/answers.ts';

/** What the platform objects to at a field, or at a part of it, by the field's path in the body: `criteria.0.name`. */
export const issueAt = (error: Error | null | undefined, path: string): string | undefined => {
  if (!(error instanceof Refused)) return undefined;
  const place = `body.${path}`;
  return error.problem.issues?.find((issue) => issue.path === place || issue.path.startsWith(`${place}.`))?.message;
};

/** The path of what is objected to, in the body. */
export const pathIn = (issuePath: string): string => issuePath.replace(/^body\./, '');

/** `criteria.0.name`, then `criteria.0`, then `criteria`: where the field may stand that an objection is about. */
export const placesOf = (path: string): readonly string[] => {
  const steps = path.split('.');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('.'));
};
