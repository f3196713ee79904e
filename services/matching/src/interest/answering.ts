import { type Interest, isOver } from './interest.ts';
import { type Refused, refuse } from './refusals.ts';

type Open = Extract<Interest, { status: 'expressed' }>;
type AnswerRefusal = 'no-such-interest' | 'not-yours-to-answer' | 'interest-answered' | 'interest-expired';

/**
 * The interest, when this organisation may answer it now; otherwise what hinders it. `same` are the states in which this very answer
 * was given before, so that giving it again is nothing new.
 */
export const answerable = (
  interest: Interest,
  { by, at }: { readonly by: string; readonly at: string },
  same: readonly Interest['status'][],
): Open | 'answered-so' | Refused<AnswerRefusal> => {
  if (interest.status === 'none') return refuse('no-such-interest');
  if (by === interest.from.organisationId) return refuse('not-yours-to-answer');
  if (by !== interest.to.organisationId) return refuse('no-such-interest');
  if (same.includes(interest.status)) return 'answered-so';
  if (interest.status === 'expired' || (interest.status === 'expressed' && isOver(interest, at)))
    return refuse('interest-expired');
  return interest.status === 'expressed' ? interest : refuse('interest-answered');
};
