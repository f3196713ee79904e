import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Checkbox, Select } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { MoneyField } from '../../forms/MoneyField.tsx';
import { useDraft } from '../../forms/useDraft.ts';
import { currenciesWith, nameOfLanguage } from '../../names.ts';
import { Card } from '../../parts/Card.tsx';
import { PagedList } from '../../parts/PagedList.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { areas, commonLanguages } from '../../sandbox/areas.ts';
import { anySlot, type SlotWishes, slotQueryOf } from '../../sandbox/slotQuery.ts';
import { useText } from '../../texts/useText.ts';
import { SlotLine } from './SlotLine.tsx';

/** What hosts can ask for. */

/** Slots of all hosts. What was looked for stays on the device, so that the way back from a slot leads to the same list. */
export const SlotSearch = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('find-slot'));
  const { values, set } = useDraft('slot-search', anySlot);
  const [asked, setAsked] = useState<SlotWishes>(values);
  return (
    <>
      <h1>{t('find-slot')}</h1>
      <p className="quiet lead">{t('find-slot-detail')}</p>
      <div className="columns search">
        <Card title={t('what-you-look-for')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setAsked(values);
            }}
          >
            <Wishes values={values} set={set} />
            <button type="submit" className="main">
              {t('search')}
            </button>
          </form>
        </Card>
        <Card title={t('slots')}>
          <Found wishes={asked} company={company} />
        </Card>
      </div>
    </>
  );
};

const Found = ({ wishes, company }: { readonly wishes: SlotWishes; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  // The list begins with one instant and keeps it through its pages, so that none is shown twice.
  const [now] = useState(() => new Date().toISOString());
  const query = slotQueryOf(wishes, company.country === 'DE' ? 'Berlin' : 'Kigali', now);
  return (
    <PagedList
      queryKey={['slots', 'search', query]}
      read={(cursor) =>
        expecting(200, sandbox.slots({ query: { ...query, limit: 10, ...(cursor === undefined ? {} : { cursor }) } }))
      }
      keyOf={({ slotId }) => slotId}
      expected={4}
      empty={t('no-slots-found')}
    >
      {(slot) => <SlotLine slot={slot} />}
    </PagedList>
  );
};

type WishesProps = { readonly values: SlotWishes; readonly set: (changed: Partial<SlotWishes>) => void };

const Wishes = ({ values, set }: WishesProps): ReactNode => {
  const { t, language } = useText('sandbox');
  const isNarrow = [values.from, values.to, values.words, values.device, values.city, values.language, values.price].some(
    (value) => value !== '',
  );
  return (
    <>
      <Select
        name="area"
        label={t('what-to-test')}
        options={[{ value: '', label: t('any-area') }, ...areas.map((area) => ({ value: area, label: t(`area-${area}`) }))]}
        value={values.area}
        isOptional
        onChange={(area) => set({ area })}
      />
      <Checkbox
        name="free"
        label={t('with-free-places')}
        isChecked={values.free === 'yes'}
        onChange={(isChecked) => set({ free: isChecked ? 'yes' : '' })}
      />
      <details open={isNarrow}>
        <summary>{t('more-wishes')}</summary>
        <div className="fields">
          <div className="pair">
            <Field
              name="from"
              type="date"
              label={t('from-day')}
              isOptional
              value={values.from}
              onChange={(from) => set({ from })}
            />
            <Field name="to" type="date" label={t('to-day')} isOptional value={values.to} onChange={(to) => set({ to })} />
          </div>
          <Field
            name="words"
            label={t('kind-in-words')}
            hint={t('kind-in-words-hint')}
            isOptional
            maxLength={60}
            value={values.words}
            onChange={(words) => set({ words })}
          />
          <Select
            name="language"
            label={t('test-language')}
            options={[
              { value: '', label: t('any-language') },
              ...commonLanguages.map((code) => ({ value: code, label: nameOfLanguage(code, language) })),
            ]}
            value={values.language}
            isOptional
            onChange={(chosen) => set({ language: chosen })}
          />
          <Field
            name="device"
            label={t('device')}
            hint={t('device-hint')}
            isOptional
            maxLength={120}
            value={values.device}
            onChange={(device) => set({ device })}
          />
          <Field name="city" label={t('city')} isOptional maxLength={80} value={values.city} onChange={(city) => set({ city })} />
          <Select
            name="price"
            label={t('price')}
            options={[
              { value: '', label: t('any-price') },
              { value: 'free', label: t('price-free') },
              { value: 'at-most', label: t('price-at-most') },
            ]}
            value={values.price}
            isOptional
            onChange={(price) => set({ price })}
          />
          {values.price === 'at-most' && (
            <Select
              name="currency"
              label={t('search-currency')}
              options={currenciesWith(values.currency, language)}
              value={values.currency}
              onChange={(currency) => set({ currency, atMost: '' })}
            />
          )}
          {values.price === 'at-most' && (
            <MoneyField
              key={values.currency}
              name="atMost"
              label={t('at-most')}
              currency={values.currency}
              value={values.atMost === '' ? undefined : { amount: Number(values.atMost), currency: values.currency }}
              onChange={(most) => set({ atMost: most === undefined ? '' : String(most.amount) })}
            />
          )}
        </div>
      </details>
    </>
  );
};
