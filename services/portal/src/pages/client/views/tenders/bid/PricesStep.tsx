import type { BidDraftView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { MoneyField } from '../../../forms/MoneyField.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import { OwnCurrency } from './OwnCurrency.tsx';
import type { BidStepProps } from './stepProps.ts';

type PricesStepProps = BidStepProps & { readonly ownPrices: BidDraftView['ownPrices'] | undefined };

export const PricesStep = ({ tender, values, set, error, ownPrices }: PricesStepProps): ReactNode => {
  const { t, language } = useText('tenders');
  const isOne = tender.lots.length === 1;
  return (
    <>
      <p>{t(isOne ? 'price-detail' : 'prices-detail', { currency: tender.currency })}</p>
      {tender.lots.map((lot) => {
        const own = ownPrices?.find(({ lotId }) => lotId === lot.id)?.price;
        return (
          <MoneyField
            key={lot.id}
            name={`prices.${values.prices.findIndex(({ lotId }) => lotId === lot.id)}`}
            label={isOne ? t('price') : t('price-for', { lot: lot.title })}
            hint={own && t('about-in-own', { amount: inMoney(own, language) })}
            currency={tender.currency}
            isOptional={!isOne}
            value={values.prices.find(({ lotId }) => lotId === lot.id)?.price}
            error={error}
            onChange={(price) =>
              set({
                prices: tender.lots.flatMap(({ id: lotId }) => {
                  const known = lotId === lot.id ? price : values.prices.find((each) => each.lotId === lotId)?.price;
                  return known ? [{ lotId, price: known }] : [];
                }),
              })
            }
          />
        );
      })}
      <OwnCurrency ofTender={tender.currency} value={values.ownCurrency} onChange={(ownCurrency) => set({ ownCurrency })} />
      <TextArea
        name="summary"
        label={t('bid-summary')}
        hint={t('bid-summary-hint')}
        maxLength={5_000}
        isOptional
        value={values.summary}
        error={error}
        onChange={(summary) => set({ summary })}
      />
    </>
  );
};
