import type { ReactNode } from 'react';
import { useText } from '../../../texts/useText.ts';
import type { Missing } from './missing.ts';

/** What keeps a tender or an amendment from being published, each with the way to where it is filled in. */
export const StillMissing = ({ id, missing }: { readonly id: string; readonly missing: readonly Missing[] }): ReactNode => {
  const { t } = useText('tenders');
  return (
    <div className="note">
      <p>{t('still-missing')}</p>
      <ul>
        {missing.map(({ what, step, count }) => (
          <li key={what}>
            <a href={`#/tenders/${id}/write/${step}`}>{t(`missing-${what}`, { count: count ?? 0 })}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};
