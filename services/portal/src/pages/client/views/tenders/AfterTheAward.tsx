import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { onDay } from '../../times.ts';

type AfterTheAwardProps = { readonly tender: Pick<TenderView, 'standstillDays' | 'milestones'> };

/** What follows an award: bidders price the milestones, and who does not win knows how long there is to ask. */
export const AfterTheAward = ({ tender: { standstillDays, milestones } }: AfterTheAwardProps): ReactNode => {
  const { t, language } = useText('tenders');
  return (
    <Card title={t('after-the-award')}>
      <p>{standstillDays === 0 ? t('no-standstill') : t('standstill-of', { count: standstillDays })}</p>
      {milestones.length > 0 && (
        <>
          <h3>{t('milestones')}</h3>
          <ol className="list">
            {milestones.map(({ id, title, description, dueOn }) => (
              <li key={id}>
                <strong>{title}</strong>
                {description && <p className="text">{description}</p>}
                {dueOn && (
                  <p className="quiet">
                    {t('due-on')} {onDay(dueOn, language)}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  );
};
