import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { Audience } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Radios } from '../../../forms/Choice.tsx';
import { MomentField } from '../../../forms/MomentField.tsx';
import { useText } from '../../../texts/useText.ts';
import { InvitedFirms } from './InvitedFirms.tsx';
import type { StepProps } from './stepProps.ts';

const audiences = ['all', 'matched', 'invited'] as const satisfies readonly Audience[];

type AudienceStepProps = StepProps & {
  readonly company: Membership;
  /** Those who see a published tender already; nobody can be shut out again. */
  readonly alreadyInvited: readonly string[];
};

export const AudienceStep = ({ values, set, error, company, alreadyInvited }: AudienceStepProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <>
      <MomentField
        name="deadline"
        label={t('deadline')}
        hint={t('deadline-hint')}
        city={company.country === 'RW' ? 'Kigali' : 'Berlin'}
        value={values.deadline ?? undefined}
        error={error}
        onChange={(deadline) => set({ deadline: deadline ?? null })}
      />
      <Radios
        name="audience"
        label={t('audience')}
        options={audiences.map((each) => ({ value: each, label: t(`audience-${each}`), detail: t(`audience-${each}-hint`) }))}
        value={values.audience}
        error={error}
        onChange={(audience) => set({ audience })}
      />
      <InvitedFirms
        invited={values.invited}
        alreadyInvited={alreadyInvited}
        onChange={(invited) => set({ invited: [...invited] })}
      />
    </>
  );
};
