import type { Criterion, MustHaveCode } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { newKey } from '../../../api/key.ts';
import { Checkboxes, Select } from '../../../forms/Choice.tsx';
import { Field } from '../../../forms/Form.tsx';
import { NumberField } from '../../../forms/NumberField.tsx';
import { Rows } from '../../../forms/Rows.tsx';
import { Tags } from '../../../forms/Tags.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import { sumOfWeights } from './fields.ts';
import type { StepProps } from './stepProps.ts';

export const mustHaveCodes = ['iso-27001', 'signed-nda', 'gdpr-processing-terms'] as const satisfies readonly MustHaveCode[];
const kinds = ['price', 'quality'] as const satisfies readonly Criterion['kind'][];

export const JudgingStep = ({ values, set, error }: StepProps): ReactNode => {
  const { t } = useText('tenders');
  const sum = sumOfWeights(values.criteria);
  const hasPrice = values.criteria.some(({ kind }) => kind === 'price');
  return (
    <>
      <Checkboxes
        name="mustHaveCodes"
        label={t('must-haves-confirmed')}
        hint={t('must-haves-confirmed-hint')}
        options={mustHaveCodes.map((code) => ({ value: code, label: t(`must-have-${code}`) }))}
        values={values.mustHaveCodes}
        error={error}
        onChange={(codes) => set({ mustHaveCodes: [...codes] })}
      />
      <Tags
        name="mustHaves"
        label={t('other-must-haves')}
        hint={t('other-must-haves-hint')}
        most={30}
        maxLength={200}
        withCommas
        isOptional
        values={values.mustHaves}
        error={error}
        onChange={(mustHaves) => set({ mustHaves: [...mustHaves] })}
      />
      <Rows
        label={t('criteria')}
        hint={t('criteria-hint')}
        items={values.criteria}
        empty={() => ({
          id: newKey(),
          name: hasPrice ? '' : t('price'),
          kind: hasPrice ? ('quality' as const) : ('price' as const),
          weight: Math.min(100, Math.max(1, 100 - sum)),
        })}
        rowName={t('criterion')}
        add={t('add-criterion')}
        most={20}
        onChange={(criteria) => set({ criteria: [...criteria] })}
      >
        {(criterion, change, index) => (
          <>
            <Field
              name={`criteria.${index}.name`}
              label={t('criterion-name')}
              maxLength={200}
              value={criterion.name}
              error={error}
              onChange={(name) => change({ name })}
            />
            <div className="pair">
              <Select
                name={`criteria.${index}.kind`}
                label={t('scored-by')}
                options={kinds.map((kind) => ({ value: kind, label: t(`scored-by-${kind}`) }))}
                value={criterion.kind}
                error={error}
                onChange={(kind) => change({ kind })}
              />
              <NumberField
                name={`criteria.${index}.weight`}
                label={t('weight')}
                unit="%"
                min={1}
                max={100}
                value={criterion.weight}
                error={error}
                // An empty weight counts as none until there is one again; nothing is sent meanwhile.
                onChange={(weight) => change({ weight: weight ?? 0 })}
              />
            </div>
            {criterion.kind === 'price' ? (
              <p className="hint">{t('price-formula')}</p>
            ) : (
              <TextArea
                name={`criteria.${index}.description`}
                label={t('criterion-description')}
                hint={t('criterion-description-hint')}
                rows={3}
                maxLength={2_000}
                isOptional
                value={criterion.description ?? ''}
                error={error}
                onChange={(description) => change({ description })}
              />
            )}
          </>
        )}
      </Rows>
      <p role="status" className={sum === 100 ? 'sum good' : 'sum'}>
        <strong>{t('sum-of-weights', { sum })}</strong>{' '}
        {sum === 100
          ? t('sum-is-right')
          : sum < 100
            ? t('sum-is-less', { count: 100 - sum })
            : t('sum-is-more', { count: sum - 100 })}
      </p>
    </>
  );
};
