import type { ReactNode } from 'react';
import { useText } from '../texts/useText.ts';

/** Holds about the place that as many items will take, so that what stands below does not jump. */
export const Loading = ({ items }: { readonly items: number }): ReactNode => {
  const { t } = useText();
  return (
    <div className="loading" role="status">
      <span className="unseen">{t('loading')}</span>
      {Array.from({ length: items }, (_, item) => (
        <span key={item} className="awaited" aria-hidden="true">
          <span />
          <span />
          <span />
        </span>
      ))}
    </div>
  );
};
