import type { ReactNode } from 'react';
import { Checkboxes } from '../../../forms/Choice.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import type { BidStepProps } from './stepProps.ts';

export const AnswersStep = ({ tender, values, set, error }: BidStepProps): ReactNode => {
  const { t } = useText('tenders');
  const asked = tender.criteria.filter(({ kind }) => kind === 'quality');
  return (
    <>
      {tender.mustHaveCodes.length > 0 && (
        <Checkboxes
          name="confirms"
          label={t('we-confirm')}
          hint={t('we-confirm-hint')}
          options={tender.mustHaveCodes.map((code) => ({ value: code, label: t(`must-have-${code}`) }))}
          values={values.confirms}
          error={error}
          onChange={(confirms) => set({ confirms })}
        />
      )}
      {tender.mustHaves.length > 0 && (
        <p>
          <strong>{t('must-haves')}:</strong> {tender.mustHaves.join(' · ')}
        </p>
      )}
      {asked.length === 0 && <p className="quiet">{t('no-quality-criteria')}</p>}
      {asked.map(({ id, name, weight, description }) => (
        <TextArea
          key={id}
          name={`answers.${values.answers.findIndex(({ criterionId }) => criterionId === id)}`}
          label={`${name} (${weight} %)`}
          hint={description}
          rows={6}
          maxLength={5_000}
          isOptional
          value={values.answers.find(({ criterionId }) => criterionId === id)?.answer ?? ''}
          error={error}
          onChange={(answer) =>
            set({
              answers: [...values.answers.filter(({ criterionId }) => criterionId !== id), { criterionId: id, answer }],
            })
          }
        />
      ))}
    </>
  );
};
