import type { ReactNode } from 'react';
import { Field } from '../../../forms/Form.tsx';
import { Tags } from '../../../forms/Tags.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import { CpvField } from '../CpvField.tsx';
import type { StepProps } from './stepProps.ts';

export const TaskStep = ({ values, set, error }: StepProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <>
      <Field
        name="title"
        label={t('title')}
        hint={t('title-hint')}
        maxLength={300}
        value={values.title}
        error={error}
        onChange={(title) => set({ title })}
      />
      <TextArea
        name="description"
        label={t('description')}
        hint={t('description-hint')}
        rows={8}
        maxLength={20_000}
        value={values.description}
        error={error}
        onChange={(description) => set({ description })}
      />
      <CpvField codes={values.cpv} error={error} onChange={(cpv) => set({ cpv: [...cpv] })} />
      <Tags
        name="skills"
        label={t('skills')}
        hint={t('skills-hint')}
        most={50}
        maxLength={60}
        isOptional
        values={values.skills}
        error={error}
        onChange={(skills) => set({ skills: [...skills] })}
      />
      <Tags
        name="sectors"
        label={t('sectors')}
        hint={t('sectors-hint')}
        most={20}
        maxLength={100}
        isOptional
        values={values.sectors}
        error={error}
        onChange={(sectors) => set({ sectors: [...sectors] })}
      />
    </>
  );
};
