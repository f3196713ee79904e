import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useText } from '../../texts/useText.ts';
import type { FieldsProps } from './fieldsProps.ts';

export const resourcesKey = ['resources'] as const;

/** What each slot needs at once of what the company has. */
export const NeedFields = ({ values, set, error }: FieldsProps): ReactNode => {
  const { t } = useText('sandbox');
  const resources = useQuery({ queryKey: resourcesKey, queryFn: () => expecting(200, sandbox.resources()) });
  if (resources.isPending) return <Loading items={1} />;
  if (!resources.data) return <Failure error={resources.error} onRetry={() => void resources.refetch()} />;
  const [first] = resources.data.resources;
  if (!first && values.needs.length === 0)
    return (
      <p className="quiet">
        {t('no-resources-yet')} <a href="#/hosting/resources">{t('resources')}</a>
      </p>
    );
  return (
    <Rows
      label={t('field-needs')}
      hint={t('needs-hint')}
      items={values.needs}
      empty={{ resourceId: first?.resourceId ?? '', quantity: 1 }}
      rowName={t('resource')}
      add={t('add-need')}
      most={20}
      onChange={(needs) => set({ needs })}
    >
      {(need, setNeed, index) => (
        <div className="pair">
          <Select
            name={`needs.${index}.resourceId`}
            label={t('resource')}
            options={resources.data.resources.map(({ resourceId, name }) => ({ value: resourceId, label: name }))}
            value={need.resourceId}
            error={error}
            onChange={(resourceId) => setNeed({ resourceId })}
          />
          <NumberField
            name={`needs.${index}.quantity`}
            label={t('quantity')}
            min={1}
            max={10_000}
            value={need.quantity ?? undefined}
            error={error}
            onChange={(quantity) => setNeed({ quantity: quantity ?? null })}
          />
        </div>
      )}
    </Rows>
  );
};
