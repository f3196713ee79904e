import type { ReactNode } from 'react';
import { useText } from '../texts/useText.ts';

/** Holds about the place that what is loaded will take. */
export const Loading = ({ lines }: { readonly lines: number }): ReactNode => {
  const { t } = useText();
  return (
    <div className="loading" role="status">
      <span className="unseen">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="shade" aria-hidden="true" />
      ))}
    </div>
  );
};
