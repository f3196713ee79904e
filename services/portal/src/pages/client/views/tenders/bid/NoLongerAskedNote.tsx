import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import type { NoLongerAsked } from './bidFields.ts';

type NoLongerAskedNoteProps = { readonly tender: TenderView; readonly noLongerAsked: NoLongerAsked };

/** What was written for things that an amendment took away. It is not handed in, and stays to be read while the bid is written. */
export const NoLongerAskedNote = ({ tender, noLongerAsked: { prices, answers } }: NoLongerAskedNoteProps): ReactNode => {
  const { t, language } = useText('tenders');
  if (prices.length + answers.length === 0) return null;
  return (
    <details className="note">
      <summary>{t('no-longer-asked', { count: prices.length + answers.length })}</summary>
      <ul className="list">
        {prices.map(({ lotId, price }) => {
          const lot = tender.lots.find(({ id }) => id === lotId)?.title;
          return (
            <li key={lotId}>
              {lot === undefined ? t('price-of-gone-lot') : t('price-for', { lot })}: {inMoney(price, language)}
            </li>
          );
        })}
        {answers.map(({ criterionId, answer }) => (
          <li key={criterionId} className="text">
            {answer}
          </li>
        ))}
      </ul>
    </details>
  );
};
