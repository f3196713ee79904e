import { type ReactNode, useState } from 'react';
import { Radios, Select } from '../../forms/Choice.tsx';
import { MoneyField } from '../../forms/MoneyField.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { currenciesWith } from '../../names.ts';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import type { FieldsProps } from './fieldsProps.ts';
import { NeedFields } from './NeedFields.tsx';

/** The two countries' own; the hundreds of others are shown to whoever looks for one. */
const zones = ['Africa/Kigali', 'Europe/Berlin'];
const anotherZone = 'another';

/** On which terms a place is booked. */
export const ConditionFields = ({ values, set, error }: FieldsProps): ReactNode => {
  const { t, language } = useText('sandbox');
  const currency = values.price?.currency ?? 'EUR';
  return (
    <>
      <Card title={t('part-conditions')}>
        <Radios
          name="confirmation"
          label={t('field-confirmation')}
          options={(['by-hand', 'automatic'] as const).map((value) => ({
            value,
            label: t(`confirmation-${value}`),
            detail: t(`confirmation-${value}-detail`),
          }))}
          value={values.confirmation}
          error={error}
          onChange={(confirmation) => set({ confirmation })}
        />
        <Radios
          name="price"
          label={t('field-price')}
          options={[
            { value: 'free', label: t('price-free') },
            { value: 'paid', label: t('price-paid'), detail: t('price-paid-detail') },
          ]}
          value={values.isFree ? 'free' : 'paid'}
          error={error}
          onChange={(chosen) => set({ isFree: chosen === 'free' })}
        />
        {!values.isFree && (
          <>
            <Select
              name="price.currency"
              label={t('currency')}
              options={currenciesWith(currency, language)}
              value={currency}
              onChange={(chosen) => set({ price: { amount: 0, currency: chosen } })}
            />
            <MoneyField
              key={currency}
              name="price.amount"
              label={t('price-of-booking')}
              currency={currency}
              value={values.price ?? undefined}
              error={error}
              onChange={(price) => set({ price: price ?? null })}
            />
          </>
        )}
        <NumberField
          name="cancellationNoticeHours"
          label={t('field-cancellationNoticeHours')}
          hint={t('notice-hint')}
          unit={t('hours-unit')}
          min={0}
          max={720}
          value={values.cancellationNoticeHours ?? undefined}
          error={error}
          onChange={(hours) => set({ cancellationNoticeHours: hours ?? null })}
        />
        <NumberField
          name="offerHoldHours"
          label={t('field-offerHoldHours')}
          hint={t('offer-hold-hint')}
          unit={t('hours-unit')}
          min={1}
          max={168}
          value={values.offerHoldHours ?? undefined}
          error={error}
          onChange={(hours) => set({ offerHoldHours: hours ?? null })}
        />
        <NumberField
          name="seatsPerPlace"
          label={t('field-seatsPerPlace')}
          hint={t('seats-hint')}
          min={1}
          max={50}
          value={values.seatsPerPlace ?? undefined}
          error={error}
          onChange={(seats) => set({ seatsPerPlace: seats ?? null })}
        />
        <TextArea
          name="termsOfUse"
          label={t('field-termsOfUse')}
          hint={t('terms-hint')}
          rows={4}
          maxLength={20_000}
          isOptional
          value={values.termsOfUse}
          error={error}
          onChange={(termsOfUse) => set({ termsOfUse })}
        />
      </Card>
      <Card title={t('part-slots')}>
        <ZoneField values={values} set={set} error={error} />
        <NumberField
          name="bufferMinutes"
          label={t('field-bufferMinutes')}
          hint={t('buffer-hint')}
          unit={t('minutes-unit')}
          min={0}
          max={1_440}
          isOptional
          value={values.bufferMinutes ?? undefined}
          error={error}
          onChange={(minutes) => set({ bufferMinutes: minutes ?? null })}
        />
        <NeedFields values={values} set={set} error={error} />
      </Card>
    </>
  );
};

const ZoneField = ({ values: { timeZone }, set, error }: FieldsProps): ReactNode => {
  const { t } = useText('sandbox');
  const [wantsAnother, setAnother] = useState(false);
  // What somebody else saved meanwhile may be another one, too.
  const isAnother = wantsAnother || !zones.includes(timeZone);
  const known = isAnother ? [...new Set([timeZone, ...zones, ...Intl.supportedValuesOf('timeZone')])] : zones;
  return (
    <Select
      name="timeZone"
      label={t('field-timeZone')}
      hint={t('zone-hint')}
      options={[
        ...known.map((value) => ({ value, label: value })),
        ...(isAnother ? [] : [{ value: anotherZone, label: t('another-zone') }]),
      ]}
      value={timeZone}
      error={error}
      onChange={(chosen) => (chosen === anotherZone ? setAnother(true) : set({ timeZone: chosen }))}
    />
  );
};
