import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { nameOfLanguage } from '../../names.ts';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { Fact } from '../Detail.tsx';
import { useCpvTitles } from './useCpvTitles.ts';

/** What is asked of bidders, and how their bids are judged. */
export const Requirements = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t, language } = useText('tenders');
  const { languages, skills, sectors, cpv, workingHoursOverlap, criteria, paymentTerms } = tender;
  const titles = useCpvTitles(cpv);
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
                {languages
                  .map(
                    (each) => `${nameOfLanguage(each.language, language)}, ${each.level === 'native' ? t('native') : each.level}`,
                  )
                  .join(' · ')}
              </Fact>
            )}
            {sectors.length > 0 && <Fact name={t('sectors')}>{sectors.join(' · ')}</Fact>}
            {cpv.length > 0 && (
              <Fact name={t('cpv-codes')}>
                {cpv.map((code) => [code, titles.get(code)].filter(Boolean).join(' ')).join(' · ')}
              </Fact>
            )}
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
                {kind === 'price' && <p className="hint">{t('price-formula')}</p>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
};
