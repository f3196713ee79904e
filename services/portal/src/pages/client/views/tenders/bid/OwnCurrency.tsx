import { type ReactNode, useState } from 'react';
import { Checkbox, Select } from '../../../forms/Choice.tsx';
import { Field } from '../../../forms/Form.tsx';
import { currenciesWith } from '../../../names.ts';
import { useText } from '../../../texts/useText.ts';
import { type BidFields, isRate } from './bidFields.ts';

type OwnCurrencyProps = {
  readonly ofTender: string;
  readonly value: BidFields['ownCurrency'];
  readonly onChange: (value: BidFields['ownCurrency']) => void;
};

/**
 * The prices in the firm's own currency, by a rate that the firm itself enters: the platform knows no rates and invents none. It lies
 * with the sealed draft, is no part of the bid, and the last one used is offered again on this device.
 */
export const OwnCurrency = ({ ofTender, value, onChange }: OwnCurrencyProps): ReactNode => {
  const { t, language } = useText('tenders');
  const [typed, setTyped] = useState(value?.rate ?? '');
  const change = (next: { readonly currency: string; readonly rate: string }) => {
    if (isRate(next.rate)) localStorage.setItem(rateOf(ofTender, next.currency), next.rate);
    onChange(next);
  };
  const currencies = currenciesWith(value?.currency, language).filter((each) => each.value !== ofTender);
  const show = (currency: string) => {
    const rate = localStorage.getItem(rateOf(ofTender, currency)) ?? '';
    setTyped(rate);
    change({ currency, rate });
  };
  return (
    <>
      <Checkbox
        name="ownCurrency"
        label={t('show-own-currency')}
        hint={t('show-own-currency-hint')}
        isChecked={value !== null}
        onChange={(isShown) => (isShown ? show(ofTender === 'RWF' ? 'EUR' : 'RWF') : onChange(null))}
      />
      {value && (
        <div className="pair">
          <Select
            name="ownCurrency.currency"
            label={t('own-currency')}
            options={currencies}
            value={value.currency}
            onChange={show}
          />
          <Field
            name="ownCurrency.rate"
            label={t('own-rate', { one: ofTender, own: value.currency })}
            hint={isRate(value.rate) ? undefined : t('own-rate-hint')}
            maxLength={19}
            value={typed}
            onChange={(text) => {
              setTyped(text);
              change({ ...value, rate: text.trim().replace(',', '.') });
            }}
          />
        </div>
      )}
    </>
  );
};

const rateOf = (one: string, other: string): string => `umuhuza.own-rate.${one}.${other}`;
