import type { Conflict } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';

/** Why a request cannot be confirmed yet, and what the host can do. */
export const InConflict = ({ conflict }: { readonly conflict: Conflict }): ReactNode => {
  const { t } = useText('sandbox');
  const { because, resource, with: other } = conflict;
  return (
    <div className="note">
      <p>
        <strong>{t('in-conflict')}</strong>
      </p>
      <p>{t(`conflict-${because}`, { resource: resource ?? '' })}</p>
      {other && (
        <p>
          <a href={`#/slots/${other.slotId}`}>
            {t('in-conflict-with')} <BothClocks instant={other.startsAt} />
          </a>
        </p>
      )}
      <p>{t(other ? 'in-conflict-detail' : 'in-conflict-resources')}</p>
    </div>
  );
};
