import type { ReactNode } from 'react';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import type { Edited } from './useEdited.ts';

type DisagreementProps<Fields extends object> = {
  readonly edited: Edited<Fields>;
  readonly labelOf: (name: keyof Fields & string) => string;
};

/** Shows what somebody else saved meanwhile beside what is typed. */
export const Disagreement = <Fields extends object>({ edited, labelOf }: DisagreementProps<Fields>): ReactNode => {
  const { conflict, values, keepMine, takeTheirs } = edited;
  if (!conflict) return null;
  return (
    <ChangedMeanwhile
      disputed={conflict.disputed.map((name) => ({
        name,
        label: labelOf(name),
        mine: inWords(values[name]),
        theirs: inWords(conflict.fields[name]),
      }))}
      others={conflict.others.map(labelOf)}
      onKeepMine={keepMine}
      onTakeTheirs={takeTheirs}
    />
  );
};

/** Enough to tell two values apart: texts as they are, lists by their parts. */
const inWords = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map(inWords).join('; ');
  if (typeof value === 'object') return Object.values(value).map(inWords).join(' ');
  return String(value);
};
