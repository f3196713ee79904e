import { useQuery } from '@tanstack/react-query';
import type { AppRoute } from '@ts-rest/core';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { addressOf } from '../../api/client.ts';
import { matching } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { readTender, tenderKey } from '../../api/tenders.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Card } from '../../parts/Card.tsx';
import { Documents } from '../../parts/Documents.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { inMoney, onDay } from '../../times.ts';
import { Detail, Fact } from '../Detail.tsx';
import { FirmLine } from '../Matches.tsx';
import { AfterTheAward } from './AfterTheAward.tsx';
import { BuyerActions } from './BuyerActions.tsx';
import { whyNobody } from './because.ts';
import { Following } from './Following.tsx';
import { History } from './History.tsx';
import { Lots } from './Lots.tsx';
import { MyBidCard } from './MyBidCard.tsx';
import { Questions } from './Questions.tsx';
import { Requirements } from './Requirements.tsx';
import { WhyItFits } from './WhyItFits.tsx';

export const TenderPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Detail
      queryKey={tenderKey(id)}
      read={() => readTender(id)}
      titleOf={({ title }) => title}
      kind={t('tender')}
      back={{ href: '#/tenders', label: t('tenders') }}
      badgeOf={({ status }) => <Badge status={status} />}
    >
      {(tender) => (
        <>
          <Outcome tender={tender} />
          {tender.mine && <BuyerActions tender={tender} />}
          <Facts tender={tender} />
          {company.country === 'RW' && tender.status !== 'draft' && <MyBidCard tender={tender} />}
          <Following tender={tender} />
          <Card title={t('description')}>
            <p className={tender.description === '' ? 'quiet' : 'text'}>{tender.description || t('no-description')}</p>
          </Card>
          {tender.documents.length > 0 && (
            <Card title={t('documents')}>
              <Documents
                documents={tender.documents}
                addressFor={(documentId) => addressOf(tendersApi.document, { params: { id, documentId } })}
              />
            </Card>
          )}
          {!isOneLotWithoutNews(tender) && <Lots tender={tender} company={company} />}
          <Requirements tender={tender} />
          <AfterTheAward tender={tender} />
          {company.country === 'RW' && tender.status === 'published' && <WhyItFits id={tender.id} />}
          {tender.mine && tender.status !== 'draft' && <FittingFirms id={tender.id} />}
          {tender.status !== 'draft' && <Questions tender={tender} />}
          {tender.amendments.length > 0 && <History tender={tender} />}
        </>
      )}
    </Detail>
  );
};

type OfTender = { readonly tender: TenderView };

/** What became of it, or what is to be done now. */
const Outcome = ({ tender }: OfTender): ReactNode => {
  const { t } = useText('tenders');
  const ended = tender.cancelled ?? tender.unsuccessful;
  return (
    <>
      {ended && (
        <p className="note">
          <strong>{t(tender.cancelled ? 'cancelled' : 'unsuccessful')}:</strong>{' '}
          {tender.cancelled ? ended.reason : whyNobody(ended, { t })} <BothClocks instant={ended.at} />
          {tender.cancelled && tender.publishedAt && !tender.openedAt && ` ${t('bids-deleted-unread')}`}
        </p>
      )}
      {tender.missing && tender.missing.length > 0 && (
        <p className="note">{t('draft-lacks', { count: tender.missing.length })}</p>
      )}
      {tender.bidsOpened !== undefined && <p>{t('bids-opened', { count: tender.bidsOpened })}</p>}
    </>
  );
};

const Facts = ({ tender }: OfTender): ReactNode => {
  const { t, language } = useText('tenders');
  const isOver = tender.deadline !== undefined && Date.parse(tender.deadline) < platformNow();
  return (
    <dl className="facts">
      <Fact name={t('buyer')}>{tender.buyer.name ?? tender.buyer.organisationId}</Fact>
      <Fact name={t(isOver ? 'deadline-passed' : 'deadline')}>
        {tender.deadline === undefined ? t('no-deadline') : <BothClocks instant={tender.deadline} />}
      </Fact>
      {tender.budget && <Fact name={t('budget')}>{inMoney(tender.budget, language)}</Fact>}
      {tender.publishedAt && (
        <Fact name={t('published-at')}>
          <BothClocks instant={tender.publishedAt} />
        </Fact>
      )}
      {tender.startsOn && <Fact name={t('starts-on')}>{onDay(tender.startsOn, language)}</Fact>}
      {tender.durationMonths !== undefined && <Fact name={t('duration')}>{t('months', { count: tender.durationMonths })}</Fact>}
      {tender.publishedAt && tender.audience === 'all' && (
        <Fact name={t('open-data')}>
          <OpenData route={tendersApi.ocds} id={tender.id} label={t('open-data-release')} /> ·{' '}
          <OpenData route={tendersApi.ocdsRecord} id={tender.id} label={t('open-data-record')} />
        </Fact>
      )}
    </dl>
  );
};

type OpenDataProps = { readonly route: Pick<AppRoute, 'path'>; readonly id: string; readonly label: string };

/** What anybody may read and pass on; a link shows no token. */
const OpenData = ({ route, id, label }: OpenDataProps): ReactNode => (
  <a href={addressOf(route, { params: { id } })} rel="noreferrer" target="_blank">
    {label}
  </a>
);

/** A tender of one lot says all of it itself, until the lot has an outcome. */
const isOneLotWithoutNews = ({ title, lots: [first, ...others] }: TenderView): boolean =>
  others.length === 0 && (!first || (first.title === title && first.description === '' && !first.award && !first.unsuccessful));

const FittingFirms = ({ id }: { readonly id: string }): ReactNode => {
  const { t, language } = useText('tenders');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['matches', 'tender', id, 'all', language],
    queryFn: () => expecting(200, matching.tenderMatches({ params: { id }, query: { limit: 20, language } })),
  });
  return (
    <Card title={t('matches')}>
      {isPending ? (
        <Loading items={5} />
      ) : data === undefined ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data.firms.length === 0 ? (
        <p className="quiet">{t('no-matches')}</p>
      ) : (
        <ul className="list">
          {data.firms.map((firm) => (
            <FirmLine key={firm.organisationId} firm={firm} told={firm.told} />
          ))}
        </ul>
      )}
    </Card>
  );
};
