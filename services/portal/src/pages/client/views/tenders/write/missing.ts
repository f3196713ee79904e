import { sumOfWeights, type TenderFields } from './fields.ts';
import type { StepName } from './steps.ts';

export type Missing = {
  readonly what: 'description' | 'code-or-skill' | 'weights' | 'one-price' | 'deadline' | 'future-deadline' | 'invited' | 'names';
  /** Where it is filled in. */
  readonly step: StepName;
  readonly count?: number;
};

/** What keeps a draft from being published; the platform judges the same once more. */
export const missingFor = (fields: TenderFields, now: Date): readonly Missing[] => {
  const sum = sumOfWeights(fields.criteria);
  const nameless = [...fields.lots, ...fields.milestones].some(({ title }) => title.trim() === '');
  return [
    ...(fields.description.trim() === '' ? [{ what: 'description', step: 'task' } as const] : []),
    ...(fields.cpv.length + fields.skills.length === 0 ? [{ what: 'code-or-skill', step: 'task' } as const] : []),
    ...(nameless ? [{ what: 'names', step: 'scope' } as const] : []),
    ...(sum === 100 ? [] : [{ what: 'weights', step: 'judging', count: sum } as const]),
    ...(fields.criteria.filter(({ kind }) => kind === 'price').length > 1
      ? [{ what: 'one-price', step: 'judging' } as const]
      : []),
    ...(fields.deadline === null
      ? [{ what: 'deadline', step: 'audience' } as const]
      : Date.parse(fields.deadline) <= now.getTime()
        ? [{ what: 'future-deadline', step: 'audience' } as const]
        : []),
    ...(fields.audience === 'invited' && fields.invited.length === 0 ? [{ what: 'invited', step: 'audience' } as const] : []),
  ];
};
