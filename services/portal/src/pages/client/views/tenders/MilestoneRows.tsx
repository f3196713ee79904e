import type { TenderChanges } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { newKey } from '../../api/key.ts';
import { Field } from '../../forms/Form.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { useText } from '../../texts/useText.ts';

export type MilestoneFields = NonNullable<TenderChanges['milestones']>[number];

type MilestoneRowsProps = {
  readonly hint?: string;
  readonly milestones: readonly MilestoneFields[];
  readonly error: Error | null;
  readonly onChange: (milestones: MilestoneFields[]) => void;
};

/** The steps of a contract, which both sides sign off. */
export const MilestoneRows = ({ hint, milestones, error, onChange }: MilestoneRowsProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Rows
      label={t('milestones')}
      hint={hint}
      items={milestones}
      empty={(): MilestoneFields => ({ id: newKey(), title: '' })}
      rowName={t('milestone')}
      add={t('add-milestone')}
      most={30}
      onChange={(changed) => onChange([...changed])}
    >
      {(milestone, change, index) => (
        <>
          <Field
            name={`milestones.${index}.title`}
            label={t('title')}
            maxLength={300}
            value={milestone.title}
            error={error}
            onChange={(title) => change({ title })}
          />
          <Field
            name={`milestones.${index}.dueOn`}
            type="date"
            label={t('due-on')}
            isOptional
            value={milestone.dueOn ?? ''}
            error={error}
            onChange={(dueOn) => change({ dueOn: dueOn === '' ? undefined : dueOn })}
          />
        </>
      )}
    </Rows>
  );
};
