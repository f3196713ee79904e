import type { ReactNode } from 'react';
import { Checkboxes } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { Card } from '../../parts/Card.tsx';
import { areas } from '../../sandbox/areas.ts';
import { useText } from '../../texts/useText.ts';
import { LanguageRows } from '../sandbox/LanguageRows.tsx';
import type { FieldsProps } from './fieldsProps.ts';

export const WhatIsTestedFields = ({ values, set, error }: FieldsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Card title={t('part-what')}>
      <Field
        name="title"
        label={t('field-title')}
        hint={t('title-hint')}
        maxLength={200}
        value={values.title}
        error={error}
        onChange={(title) => set({ title })}
      />
      <TextArea
        name="description"
        label={t('field-description')}
        maxLength={4_000}
        isOptional
        value={values.description}
        error={error}
        onChange={(description) => set({ description })}
      />
      <div className="compact wide">
        <Checkboxes
          name="areas"
          label={t('field-areas')}
          options={areas.map((value) => ({ value, label: t(`area-${value}`) }))}
          values={values.areas}
          error={error}
          onChange={(chosen) => set({ areas: chosen })}
        />
      </div>
      <TextArea
        name="kinds"
        label={t('field-kinds')}
        hint={t('kinds-hint')}
        rows={2}
        maxLength={1_200}
        isOptional
        value={values.kinds}
        error={error}
        onChange={(kinds) => set({ kinds })}
      />
      <Field
        name="place.city"
        label={t('field-city')}
        maxLength={80}
        value={values.city}
        error={error}
        onChange={(city) => set({ city })}
      />
      <Field
        name="place.address"
        label={t('field-address')}
        maxLength={300}
        isOptional
        value={values.address}
        error={error}
        onChange={(address) => set({ address })}
      />
      <TextArea
        name="devices"
        label={t('field-devices')}
        hint={t('one-a-line')}
        rows={2}
        maxLength={6_000}
        isOptional
        value={values.devices}
        error={error}
        onChange={(devices) => set({ devices })}
      />
      <TextArea
        name="networks"
        label={t('field-networks')}
        hint={t('networks-hint')}
        rows={2}
        maxLength={1_200}
        isOptional
        value={values.networks}
        error={error}
        onChange={(networks) => set({ networks })}
      />
      <LanguageRows
        name="languages"
        label={t('field-languages')}
        values={values.languages}
        error={error}
        onChange={(languages) => set({ languages })}
      />
    </Card>
  );
};
