import type { LanguageSkill } from '@umuhuza/contracts/values';
import type { ReactNode } from 'react';
import { newKey } from '../../../api/key.ts';
import { Select } from '../../../forms/Choice.tsx';
import { Field } from '../../../forms/Form.tsx';
import { NumberField } from '../../../forms/NumberField.tsx';
import { Rows } from '../../../forms/Rows.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { nameOfLanguage } from '../../../names.ts';
import { useText } from '../../../texts/useText.ts';
import type { StepProps } from './stepProps.ts';

const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const satisfies readonly LanguageSkill['level'][];
/** Those that are spoken between the two countries; one that came with an import stays. */
const spoken = ['en', 'de', 'fr', 'rw', 'sw'];

export const ScopeStep = ({ values, set, error }: StepProps): ReactNode => {
  const { t, language: ofPage } = useText('tenders');
  return (
    <>
      <Rows
        label={t('lots')}
        hint={t('lots-hint')}
        items={values.lots}
        empty={() => ({ id: newKey(), title: '', description: '' })}
        rowName={t('lot')}
        add={t('add-lot')}
        most={50}
        onChange={(lots) => set({ lots: [...lots] })}
      >
        {(lot, change, index) => (
          <>
            <Field
              name={`lots.${index}.title`}
              label={t('title')}
              maxLength={300}
              value={lot.title}
              error={error}
              onChange={(title) => change({ title })}
            />
            <TextArea
              name={`lots.${index}.description`}
              label={t('description')}
              maxLength={5_000}
              isOptional
              value={lot.description ?? ''}
              error={error}
              onChange={(description) => change({ description })}
            />
          </>
        )}
      </Rows>
      <div className="pair">
        <Field
          name="startsOn"
          type="date"
          label={t('starts-on')}
          isOptional
          value={values.startsOn ?? ''}
          error={error}
          onChange={(day) => set({ startsOn: day === '' ? null : day })}
        />
        <NumberField
          name="durationMonths"
          label={t('duration-months')}
          min={1}
          max={240}
          isOptional
          value={values.durationMonths ?? undefined}
          error={error}
          onChange={(months) => set({ durationMonths: months ?? null })}
        />
      </div>
      <NumberField
        name="workingHoursOverlap"
        label={t('overlap')}
        hint={t('overlap-hint')}
        unit={t('hours-a-day')}
        min={0}
        max={12}
        isOptional
        value={values.workingHoursOverlap ?? undefined}
        error={error}
        onChange={(hours) => set({ workingHoursOverlap: hours ?? null })}
      />
      <Rows
        label={t('languages')}
        hint={t('languages-hint')}
        items={values.languages}
        empty={() => ({
          language: spoken.find((each) => !values.languages.some(({ language }) => language === each)) ?? 'en',
          level: 'B2' as const,
        })}
        rowName={t('language')}
        add={t('add-language')}
        most={10}
        onChange={(languages) => set({ languages: [...languages] })}
      >
        {({ language, level }, change, index) => (
          <div className="pair">
            <Select
              name={`languages.${index}.language`}
              label={t('language')}
              options={[...new Set([...spoken, language])].map((code) => ({ value: code, label: nameOfLanguage(code, ofPage) }))}
              value={language}
              error={error}
              onChange={(chosen) => change({ language: chosen })}
            />
            <Select
              name={`languages.${index}.level`}
              label={t('level')}
              options={levels.map((each) => ({ value: each, label: each === 'native' ? t('native') : each }))}
              value={level}
              error={error}
              onChange={(chosen) => change({ level: chosen })}
            />
          </div>
        )}
      </Rows>
    </>
  );
};
