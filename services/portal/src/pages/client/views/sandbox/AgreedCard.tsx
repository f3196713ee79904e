import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Fact } from '../Detail.tsx';
import { PanelText } from './EnvironmentFacts.tsx';
import { TermsText } from './Terms.tsx';

/** What both firms hold each other to, as it stood when the guest booked, whatever the host describes since. */
export const AgreedCard = ({ booking }: { readonly booking: BookingView }): ReactNode => {
  const { t } = useText('sandbox');
  const { agreed, dataClass, termsAccepted } = booking;
  if (!agreed && !dataClass && !termsAccepted) return null;
  return (
    <Card title={t('agreed')}>
      <p className="quiet">{t('agreed-detail')}</p>
      <dl className="facts">
        {dataClass && <Fact name={t('data-class')}>{t(`data-${dataClass}`)}</Fact>}
        {agreed && (
          <Fact name={t('data-rules')}>
            {t('data-at-most', { data: t(`data-${agreed.data}`) })}
            {agreed.notes && <span className="text hint detail-line">{agreed.notes}</span>}
          </Fact>
        )}
        {agreed?.law && <Fact name={t('agreed-law')}>{agreed.law}</Fact>}
        {agreed?.panel && (
          <Fact name={t('tester-panel')}>
            <PanelText panel={agreed.panel} />
          </Fact>
        )}
        {termsAccepted && (
          <Fact name={t('agreed-terms')}>
            {t('terms-accepted', { version: termsAccepted.version })} <BothClocks instant={termsAccepted.at} />
          </Fact>
        )}
      </dl>
      {termsAccepted && (
        <details>
          <summary>{t('read-terms')}</summary>
          <TermsText hash={termsAccepted.hash} />
          <p className="hint fingerprint">SHA-256: {termsAccepted.hash}</p>
        </details>
      )}
    </Card>
  );
};
