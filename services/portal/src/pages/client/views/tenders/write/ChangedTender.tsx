import type { ReactNode } from 'react';
import type { Autosave, AutosaveState } from '../../../forms/autosave.ts';
import { ChangedMeanwhile } from '../../../forms/ChangedMeanwhile.tsx';
import { useText } from '../../../texts/useText.ts';
import { TermSide } from '../TermValue.tsx';
import type { TenderFields } from './fields.ts';

type ChangedTenderProps = {
  readonly meanwhile: NonNullable<AutosaveState<TenderFields>['meanwhile']>;
  readonly values: TenderFields;
  readonly autosave: Autosave<TenderFields>;
};

/** A colleague saved the same tender meanwhile. */
export const ChangedTender = ({ meanwhile, values, autosave }: ChangedTenderProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <ChangedMeanwhile
      disputed={meanwhile.disputed.map((name) => ({
        name,
        label: t(`term-${name}`),
        mine: <TermSide term={name} value={values[name]} other={meanwhile.now.fields[name]} />,
        theirs: <TermSide term={name} value={meanwhile.now.fields[name]} other={values[name]} />,
      }))}
      others={meanwhile.others.map((name) => t(`term-${name}`))}
      onKeepMine={autosave.keepMine}
      onTakeTheirs={autosave.takeTheirs}
    />
  );
};
