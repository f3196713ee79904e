import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import { Fact } from '../../Detail.tsx';
import { calledOnce, type NoLongerAsked } from './bidFields.ts';

type NoLongerAskedNoteProps = { readonly tender: TenderView; readonly noLongerAsked: NoLongerAsked };

/** What was written for things that an amendment took away. It is not handed in, and can be copied from here while the bid is written. */
export const NoLongerAskedNote = ({ tender, noLongerAsked: { prices, answers } }: NoLongerAskedNoteProps): ReactNode => {
  const { t, language } = useText('tenders');
  if (prices.length + answers.length === 0) return null;
  return (
    <details className="note">
      <summary>{t('no-longer-asked', { count: prices.length + answers.length })}</summary>
      <p>{t('no-longer-asked-detail')}</p>
      <dl className="facts">
        {prices.map(({ lotId, price }) => {
          const lot = calledOnce(tender, 'lots', lotId);
          const isThere = tender.lots.some(({ id }) => id === lotId);
          return (
            <Fact
              key={lotId}
              name={
                isThere
                  ? t('price-in-other-currency', { lot: lot ?? '', currency: tender.currency })
                  : t(lot === undefined ? 'price-of-gone-lot' : 'price-of-gone-lot-called', { lot: lot ?? '' })
              }
            >
              {inMoney(price, language)}
            </Fact>
          );
        })}
        {answers.map(({ criterionId, answer }) => {
          const criterion = calledOnce(tender, 'criteria', criterionId);
          return (
            <Fact
              key={criterionId}
              name={t(criterion === undefined ? 'answer-to-gone-criterion' : 'answer-to-gone-criterion-called', {
                criterion: criterion ?? '',
              })}
            >
              <span className="text">{answer}</span>
            </Fact>
          );
        })}
      </dl>
    </details>
  );
};
