import type { ReactNode } from 'react';
import { Checkbox, Select } from '../../../forms/Choice.tsx';
import { MoneyField } from '../../../forms/MoneyField.tsx';
import { NumberField } from '../../../forms/NumberField.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { currenciesWith } from '../../../names.ts';
import { useText } from '../../../texts/useText.ts';
import { MilestoneRows } from '../MilestoneRows.tsx';
import type { StepProps } from './stepProps.ts';

export const MoneyStep = ({ values, set, error }: StepProps): ReactNode => {
  const { t, language } = useText('tenders');
  return (
    <>
      <Select
        name="currency"
        label={t('currency')}
        hint={t('currency-hint')}
        options={currenciesWith(values.currency, language)}
        value={values.currency}
        error={error}
        onChange={(currency) => set({ currency, ...(values.budget ? { budget: { ...values.budget, currency } } : {}) })}
      />
      <MoneyField
        // Another currency has other decimals, so what was typed is read anew.
        key={values.currency}
        name="budget"
        label={t('budget')}
        hint={t('budget-hint')}
        currency={values.currency}
        isOptional
        value={values.budget ?? undefined}
        error={error}
        onChange={(budget) => set({ budget: budget ?? null })}
      />
      <Checkbox
        name="showBudget"
        label={t('show-budget')}
        hint={t('show-budget-hint')}
        isChecked={values.showBudget}
        onChange={(showBudget) => set({ showBudget })}
      />
      <TextArea
        name="paymentTerms"
        label={t('payment-terms')}
        hint={t('payment-terms-hint')}
        maxLength={5_000}
        isOptional
        value={values.paymentTerms ?? ''}
        error={error}
        onChange={(terms) => set({ paymentTerms: terms.trim() === '' ? null : terms })}
      />
      <MilestoneRows
        hint={t('milestones-hint')}
        milestones={values.milestones}
        error={error}
        onChange={(milestones) => set({ milestones })}
      />
      <NumberField
        name="standstillDays"
        label={t('standstill')}
        hint={t('standstill-hint')}
        unit={t('days')}
        min={0}
        max={60}
        value={values.standstillDays}
        error={error}
        onChange={(days) => {
          if (days !== undefined) set({ standstillDays: days });
        }}
      />
    </>
  );
};
