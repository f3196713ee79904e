import type { DataClass, EnvironmentView, TermsReference } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { Checkbox, Radios } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { allowedBy } from '../../sandbox/dataClasses.ts';
import { useText } from '../../texts/useText.ts';
import { AcceptTerms } from './Terms.tsx';

/** What a guest fills in, as the form holds it. */
export const noBooking = { product: '', goals: '', url: '', dataClass: '', mayBeNamed: '' };
export type BookingFields = typeof noBooking;

/** `startsAt` is the start that stands beside the form: the slot may have another one by now. */
export const toNewBooking = (
  { product, goals, url, dataClass, mayBeNamed }: BookingFields,
  accepted: TermsReference | null,
  startsAt: string,
) => ({
  startsAt,
  product: {
    name: product,
    ...(goals.trim() === '' ? {} : { goals }),
    ...(url.trim() === '' ? {} : { url: url.trim() }),
  },
  ...(dataClass === '' ? {} : { dataClass: dataClass as DataClass }),
  ...(accepted ? { acceptedTerms: accepted.hash } : {}),
  mayBeNamed: mayBeNamed === 'yes',
});

type BookingFormFieldsProps = {
  readonly values: BookingFields;
  readonly set: (changed: Partial<BookingFields>) => void;
  readonly environment: EnvironmentView;
  readonly terms: TermsReference | null;
  readonly isAccepted: boolean;
  readonly onAccept: (isAccepted: boolean) => void;
  readonly error: Error | null;
};

export const BookingFormFields = ({
  values,
  set,
  environment: { dataRules },
  terms,
  isAccepted,
  onAccept,
  error,
}: BookingFormFieldsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <>
      <Field
        name="product.name"
        label={t('product-name')}
        maxLength={200}
        value={values.product}
        error={error}
        onChange={(product) => set({ product })}
      />
      <TextArea
        name="product.goals"
        label={t('goals')}
        hint={t('goals-hint')}
        maxLength={4_000}
        isOptional
        value={values.goals}
        error={error}
        onChange={(goals) => set({ goals })}
      />
      <Field
        name="product.url"
        type="url"
        label={t('product-url')}
        maxLength={300}
        isOptional
        value={values.url}
        error={error}
        onChange={(url) => set({ url })}
      />
      <Radios
        name="dataClass"
        label={t('data-class')}
        hint={`${t('data-rules')}: ${dataRules.law}`}
        options={allowedBy(dataRules.data).map((value) => ({
          value,
          label: t(`data-${value}`),
          detail: t(`data-${value}-detail`),
        }))}
        value={values.dataClass === '' ? undefined : (values.dataClass as DataClass)}
        error={error}
        onChange={(dataClass) => set({ dataClass })}
      />
      {terms && <AcceptTerms terms={terms} isAccepted={isAccepted} onChange={onAccept} />}
      <Checkbox
        name="mayBeNamed"
        label={t('may-be-named')}
        hint={t('may-be-named-hint')}
        isChecked={values.mayBeNamed === 'yes'}
        onChange={(isChecked) => set({ mayBeNamed: isChecked ? 'yes' : '' })}
      />
    </>
  );
};
