import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { matching, tenders } from '../api/platform.ts';
import { Badge } from '../parts/Badge.tsx';
import { Card } from '../parts/Card.tsx';
import { Failure } from '../parts/Failure.tsx';
import { ToInterface } from '../parts/Linked.tsx';
import { Loading } from '../parts/Loading.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { inMoney, localeOf, onDay } from '../times.ts';
import { Detail, Fact } from './Detail.tsx';
import { FirmLine } from './Matches.tsx';
import { History, Questions } from './TenderTalk.tsx';

export const TenderPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText();
  return (
    <Detail
      queryKey={['tenders', 'one', id]}
      read={() => expecting(200, tenders.get({ params: { id } }))}
      titleOf={({ title }) => title}
      kind={t('tender')}
      badgeOf={({ status }) => <Badge status={status} />}
    >
      {(tender) => (
        <>
          <Outcome tender={tender} company={company} />
          <Facts tender={tender} />
          <Card title={t('description')}>
            <p className={tender.description === '' ? 'quiet' : 'text'}>{tender.description || t('no-description')}</p>
          </Card>
          {!isOneLotWithoutNews(tender) && <Lots tender={tender} />}
          <Requirements tender={tender} />
          {tender.mine && tender.status !== 'draft' && <FittingFirms id={tender.id} />}
          {tender.status !== 'draft' && <Questions questions={tender.questions} />}
          {tender.amendments.length > 0 && <History amendments={tender.amendments} />}
        </>
      )}
    </Detail>
  );
};

type OfTender = { readonly tender: TenderView };

/** What became of it, or what is to be done now. */
const Outcome = ({ tender, company }: OfTender & { readonly company: Membership }): ReactNode => {
  const { t } = useText();
  const ended = tender.cancelled ?? tender.unsuccessful;
  return (
    <>
      {ended && (
        <p className="note">
          <strong>{t(tender.cancelled ? 'cancelled' : 'unsuccessful')}:</strong> {ended.reason} <BothClocks instant={ended.at} />
        </p>
      )}
      {tender.missing && tender.missing.length > 0 && (
        <div className="note">
          <p>{t('still-missing')}</p>
          <ul lang="en">
            {tender.missing.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </div>
      )}
      {tender.status === 'published' && company.country === 'RW' && (
        <p className="note">
          <ToInterface text="bidding-elsewhere" />
        </p>
      )}
      {tender.bidsOpened !== undefined && <p>{t('bids-opened', { count: tender.bidsOpened })}</p>}
    </>
  );
};

const Facts = ({ tender }: OfTender): ReactNode => {
  const { t, language } = useText();
  const isOver = tender.deadline !== undefined && Date.parse(tender.deadline) < Date.now();
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
    </dl>
  );
};

/** A tender of one lot says all of it itself, until the lot has an outcome. */
const isOneLotWithoutNews = ({ title, lots: [first, ...others] }: TenderView): boolean =>
  others.length === 0 && (!first || (first.title === title && first.description === '' && !first.award && !first.unsuccessful));

const Lots = ({ tender }: OfTender): ReactNode => {
  const { t, language } = useText();
  return (
    <Card title={t('lots')}>
      <ol className="list">
        {tender.lots.map(({ id, title, description, award, unsuccessful }) => (
          <li key={id}>
            <strong>{title}</strong>
            {description !== '' && <p className="text">{description}</p>}
            {award && (
              <p className="award">
                {t('awarded-to', {
                  name: award.winner.name ?? award.winner.organisationId,
                  value: inMoney(award.value, language),
                })}
                . {award.reason}
                {award.contract ? ` ${t(`contract-${award.contract.status}`)}` : ''}
              </p>
            )}
            {unsuccessful && (
              <p>
                {t('unsuccessful')}: {unsuccessful.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
};

const Requirements = ({ tender }: OfTender): ReactNode => {
  const { t, language } = useText();
  const { languages, skills, sectors, cpv, workingHoursOverlap, criteria, paymentTerms } = tender;
  const mustHaves = [...tender.mustHaveCodes.map((code) => t(`must-have-${code}`)), ...tender.mustHaves];
  const isAnythingAsked = [mustHaves, languages, skills, sectors, cpv].some(({ length }) => length > 0);
  return (
    <>
      {(isAnythingAsked || workingHoursOverlap !== undefined) && (
        <Card title={t('requirements')}>
          <dl className="facts">
            {mustHaves.length > 0 && <Fact name={t('must-haves')}>{mustHaves.join(' · ')}</Fact>}
            {skills.length > 0 && <Fact name={t('skills')}>{skills.join(' · ')}</Fact>}
            {languages.length > 0 && (
              <Fact name={t('languages')}>
                {languages.map((each) => `${inWords(each.language, language)}, ${each.level}`).join(' · ')}
              </Fact>
            )}
            {sectors.length > 0 && <Fact name={t('sectors')}>{sectors.join(' · ')}</Fact>}
            {cpv.length > 0 && <Fact name={t('cpv-codes')}>{cpv.join(' · ')}</Fact>}
          </dl>
          {workingHoursOverlap !== undefined && <p>{t('working-hours-overlap', { count: workingHoursOverlap })}</p>}
        </Card>
      )}
      {paymentTerms && (
        <Card title={t('payment-terms')}>
          <p className="text">{paymentTerms}</p>
        </Card>
      )}
      {criteria.length > 0 && (
        <Card title={t('criteria')}>
          <ul className="list">
            {criteria.map(({ id, name, weight, kind, description }) => (
              <li key={id}>
                <div className="line-head whole">
                  <span>
                    {name} <span className="quiet">{t(`criterion-${kind}`)}</span>
                  </span>
                  <strong>{weight} %</strong>
                </div>
                {description && <p className="text">{description}</p>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
};

const FittingFirms = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['matches', 'tender', id],
    queryFn: () => expecting(200, matching.tenderMatches({ params: { id }, query: { limit: 20 } })),
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

/** A language's name in the language of the page; its code where the browser knows no name. */
const inWords = (code: string, language: 'en' | 'de'): string =>
  new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(code) ?? code;
