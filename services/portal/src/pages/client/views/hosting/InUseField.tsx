import type { ReactNode } from 'react';
import { Radios } from '../../forms/Choice.tsx';
import { useText } from '../../texts/useText.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';

/** What becomes of slots that somebody uses and that fall out of the hours. */
export type InUse = { readonly what: 'keep' | 'cancel' | undefined; readonly reason: string };
export const nothingSaid: InUse = { what: undefined, reason: '' };

export const inUseOf = ({ what, reason }: InUse) => (what === undefined ? {} : { inUse: { what, reason } });

type InUseFieldProps = { readonly inUse: InUse; readonly onChange: (inUse: InUse) => void };

export const InUseField = ({ inUse, onChange }: InUseFieldProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <section className="card">
      <Radios
        name="inUse"
        label={t('slots-in-use')}
        options={(['keep', 'cancel'] as const).map((value) => ({
          value,
          label: t(`in-use-${value}`),
          detail: t(`in-use-${value}-detail`),
        }))}
        value={inUse.what}
        onChange={(what) => onChange({ ...inUse, what })}
      />
      <ReasonField name="inUse.reason" value={inUse.reason} onChange={(reason) => onChange({ ...inUse, reason })} />
    </section>
  );
};
