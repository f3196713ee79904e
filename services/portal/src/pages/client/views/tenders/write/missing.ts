import { isWeight, sumOfWeights, type TenderFields } from './fields.ts';
import type { StepName } from './steps.ts';

export type Missing = {
  readonly what:
    | 'title'
    | 'description'
    | 'code-or-skill'
    | 'lot-titles'
    | 'milestone-titles'
    | 'criterion-names'
    | 'criterion-weights'
    | 'weights'
    | 'one-price'
    | 'deadline'
    | 'future-deadline'
    | 'invited';
  /** Where it is filled in. */
  readonly step: StepName;
  readonly count?: number;
};

const isEmpty = (text: string): boolean => text.trim() === '';

/** What keeps a draft or an amendment from being published, what is half typed among it; the platform judges the same once more. */
export const missingFor = (fields: TenderFields, now: Date): readonly Missing[] => {
  const sum = sumOfWeights(fields.criteria);
  return [
    ...(isEmpty(fields.title) ? [{ what: 'title', step: 'task' } as const] : []),
    ...(isEmpty(fields.description) ? [{ what: 'description', step: 'task' } as const] : []),
    ...(fields.cpv.length + fields.skills.length === 0 ? [{ what: 'code-or-skill', step: 'task' } as const] : []),
    ...(fields.lots.some(({ title }) => isEmpty(title)) ? [{ what: 'lot-titles', step: 'scope' } as const] : []),
    ...(fields.milestones.some(({ title }) => isEmpty(title)) ? [{ what: 'milestone-titles', step: 'money' } as const] : []),
    ...(fields.criteria.some(({ name }) => isEmpty(name)) ? [{ what: 'criterion-names', step: 'judging' } as const] : []),
    ...(fields.criteria.some(({ weight }) => !isWeight(weight)) ? [{ what: 'criterion-weights', step: 'judging' } as const] : []),
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
