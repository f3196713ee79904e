import type { ReactNode } from 'react';
import { Field } from '../../../forms/Form.tsx';
import { Rows } from '../../../forms/Rows.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import type { BidFields } from './bidFields.ts';
import type { BidStepProps } from './stepProps.ts';

const nobody: BidFields['team'][number] = { role: '' };

export const TeamStep = ({ values, set, error }: BidStepProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Rows
      label={t('bid-team')}
      hint={t('team-hint')}
      items={values.team}
      empty={nobody}
      rowName={t('person')}
      add={t('add-person')}
      most={50}
      onChange={(team) => set({ team: [...team] })}
    >
      {(member, change, index) => (
        <>
          <Field
            name={`team.${index}.role`}
            label={t('role')}
            maxLength={120}
            value={member.role}
            error={error}
            onChange={(role) => change({ role })}
          />
          <Field
            name={`team.${index}.name`}
            label={t('person-name')}
            isOptional
            maxLength={120}
            value={member.name ?? ''}
            error={error}
            onChange={(name) => change({ name: name === '' ? undefined : name })}
          />
          <TextArea
            name={`team.${index}.experience`}
            label={t('experience')}
            rows={3}
            maxLength={2_000}
            isOptional
            value={member.experience ?? ''}
            error={error}
            onChange={(experience) => change({ experience: experience === '' ? undefined : experience })}
          />
        </>
      )}
    </Rows>
  );
};
