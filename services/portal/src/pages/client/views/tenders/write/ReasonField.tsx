import type { ReactNode } from 'react';
import { Field } from '../../../forms/Form.tsx';
import { useText } from '../../../texts/useText.ts';

type Props = { readonly value: string; readonly onChange: (reason: string) => void };

/** Why a published tender is amended: every amendment has a reason, which all may read. */
export const ReasonField = ({ value, onChange }: Props): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Field
      name="reason"
      label={t('amendment-reason')}
      hint={t('amendment-reason-hint')}
      pattern=".*\S.*"
      maxLength={1_000}
      value={value}
      onChange={onChange}
    />
  );
};
