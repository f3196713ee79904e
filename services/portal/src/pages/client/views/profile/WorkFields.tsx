import type { ReactNode } from 'react';
import { Select } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { MoneyField } from '../../forms/MoneyField.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { Tags } from '../../forms/Tags.tsx';
import { currenciesWith } from '../../names.ts';
import { Card } from '../../parts/Card.tsx';
import type { ProfileFields } from '../../profile/profileFields.ts';
import { useText } from '../../texts/useText.ts';
import { cityOfZone } from '../../times.ts';
import { LanguageRows } from '../sandbox/LanguageRows.tsx';

type WorkFieldsProps = {
  readonly values: ProfileFields;
  readonly set: (changed: Partial<ProfileFields>) => void;
  readonly error: Error | null;
};

const zones = ['Africa/Kigali', 'Europe/Berlin'];

/** How many they are, when they work, for how much, and what they have done. */
export const WorkFields = ({ values, set, error }: WorkFieldsProps): ReactNode => {
  const { t, language } = useText('profile');
  const { rateCurrency } = values;
  return (
    <>
      <Card title={t('part-work')}>
        <NumberField
          name="teamSize"
          label={t('field-teamSize')}
          min={1}
          max={100_000}
          value={values.teamSize ?? undefined}
          error={error}
          onChange={(size) => set({ teamSize: size ?? null })}
        />
        <LanguageRows
          name="languages"
          label={t('field-languages')}
          values={values.languages}
          error={error}
          onChange={(languages) => set({ languages })}
        />
        <Select
          name="workingHours.timeZone"
          label={t('field-timeZone')}
          options={[...new Set([...zones, values.timeZone])].map((value) => ({ value, label: cityOfZone(value) }))}
          value={values.timeZone}
          error={error}
          onChange={(timeZone) => set({ timeZone })}
        />
        <div className="pair">
          <Field
            name="workingHours.from"
            type="time"
            label={t('field-worksFrom')}
            value={values.worksFrom}
            error={error}
            onChange={(worksFrom) => set({ worksFrom })}
          />
          <Field
            name="workingHours.to"
            type="time"
            label={t('field-worksTo')}
            value={values.worksTo}
            error={error}
            onChange={(worksTo) => set({ worksTo })}
          />
        </div>
        <Select
          name="rateCurrency"
          label={t('field-rateCurrency')}
          hint={t('rate-hint')}
          options={currenciesWith(rateCurrency, language)}
          value={rateCurrency}
          onChange={(currency) => set({ rateCurrency: currency, rateMin: null, rateMax: null })}
        />
        <MoneyField
          key={`min ${rateCurrency}`}
          name="dayRate.min"
          label={t('field-rateMin')}
          currency={rateCurrency}
          isOptional={values.rateMax === null}
          value={values.rateMin ?? undefined}
          error={error}
          onChange={(rate) => set({ rateMin: rate ?? null })}
        />
        <MoneyField
          key={`max ${rateCurrency}`}
          name="dayRate.max"
          label={t('field-rateMax')}
          currency={rateCurrency}
          isOptional={values.rateMin === null}
          value={values.rateMax ?? undefined}
          error={error}
          onChange={(rate) => set({ rateMax: rate ?? null })}
        />
        <Field
          name="availableFrom"
          type="date"
          label={t('field-availableFrom')}
          isOptional
          value={values.availableFrom}
          error={error}
          onChange={(availableFrom) => set({ availableFrom })}
        />
        <Tags
          name="certificates"
          label={t('field-certificates')}
          hint={t('certificates-hint')}
          most={30}
          maxLength={120}
          isOptional
          values={values.certificates}
          error={error}
          onChange={(certificates) => set({ certificates })}
        />
      </Card>
      <Card title={t('field-references')}>
        <Rows
          name="references"
          label={t('field-references')}
          hint={t('references-hint')}
          items={values.references}
          empty={{ title: '', client: '', year: null }}
          rowName={t('reference')}
          add={t('add-reference')}
          most={50}
          onChange={(references) => set({ references })}
        >
          {(reference, setReference, index) => (
            <>
              <Field
                name={`references.${index}.title`}
                label={t('reference-title')}
                maxLength={200}
                value={reference.title}
                error={error}
                onChange={(title) => setReference({ title })}
              />
              <Field
                name={`references.${index}.client`}
                label={t('reference-client')}
                maxLength={200}
                isOptional
                value={reference.client}
                error={error}
                onChange={(client) => setReference({ client })}
              />
              <NumberField
                name={`references.${index}.year`}
                label={t('reference-year')}
                min={1990}
                max={2100}
                value={reference.year ?? undefined}
                error={error}
                onChange={(year) => setReference({ year: year ?? null })}
              />
            </>
          )}
        </Rows>
      </Card>
    </>
  );
};
