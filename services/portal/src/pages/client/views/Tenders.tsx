import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderSummary } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { tenders } from '../api/platform.ts';
import { platformNow } from '../api/serverClock.ts';
import { Badge } from '../parts/Badge.tsx';
import { Card } from '../parts/Card.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { inMoney } from '../times.ts';

/** A German company's own tenders, or those a Rwandan firm may bid for. */
export const Tenders = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText();
  const isOwn = company.country === 'DE';
  return (
    <Card title={t(isOwn ? 'own-tenders' : 'open-tenders')} aside={<a href="#/tenders">{t('all-tenders')}</a>}>
      <PagedList
        queryKey={['tenders', 'list', 'overview', isOwn]}
        read={(cursor) =>
          expecting(
            200,
            tenders.list({ query: { limit: 5, mine: isOwn ? 'true' : 'false', ...(cursor === undefined ? {} : { cursor }) } }),
          )
        }
        keyOf={({ id }) => id}
        expected={5}
        most={5}
        empty={t(isOwn ? 'no-own-tenders' : 'no-open-tenders')}
      >
        {(tender) => <TenderLine tender={tender} isOwn={isOwn} />}
      </PagedList>
      {isOwn && (
        <a className="button main" href="#/tenders/new">
          {t('write-a-tender')}
        </a>
      )}
    </Card>
  );
};

export const TenderLine = ({ tender, isOwn }: { readonly tender: TenderSummary; readonly isOwn: boolean }): ReactNode => {
  const { t, language } = useText();
  const isOver = tender.deadline !== undefined && Date.parse(tender.deadline) < platformNow();
  return (
    <li>
      <div className="line-head">
        <a href={`#/tenders/${tender.id}`}>{tender.title}</a>
        {(isOwn || tender.status !== 'published') && <Badge status={tender.status} />}
      </div>
      {!isOwn && <p>{tender.buyer.name}</p>}
      <p className="quiet">
        {tender.deadline === undefined ? (
          <span className="clock">{t('no-deadline')} </span>
        ) : (
          <>
            {t(isOver ? 'deadline-passed' : 'deadline')} <BothClocks instant={tender.deadline} />
          </>
        )}
        {tender.budget && (
          <span className="clock">
            {t('budget')} {inMoney(tender.budget, language)}
          </span>
        )}
      </p>
    </li>
  );
};
