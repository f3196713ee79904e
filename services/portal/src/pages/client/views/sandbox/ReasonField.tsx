import type { ReactNode } from 'react';
import { TextArea } from '../../forms/TextArea.tsx';
import { useText } from '../../texts/useText.ts';

type ReasonFieldProps = {
  readonly name?: string;
  readonly value: string;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (reason: string) => void;
};

/** Why something about a test is changed; whoever is concerned reads it. */
export const ReasonField = ({ name = 'reason', ...field }: ReasonFieldProps): ReactNode => {
  const { t } = useText('sandbox');
  return <TextArea name={name} label={t('reason')} hint={t('reason-is-told')} rows={2} maxLength={1_000} {...field} />;
};
