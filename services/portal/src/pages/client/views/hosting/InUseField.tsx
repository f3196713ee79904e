import type { ReactNode } from 'react';
import { Radios } from '../../forms/Choice.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { useText } from '../../texts/useText.ts';

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
      <TextArea
        name="inUse.reason"
        label={t('reason')}
        hint={t('reason-is-told')}
        rows={2}
        maxLength={1_000}
        value={inUse.reason}
        onChange={(reason) => onChange({ ...inUse, reason })}
      />
    </section>
  );
};
