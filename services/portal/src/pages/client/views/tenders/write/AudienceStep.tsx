import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { Audience } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { profiles } from '../../../api/platform.ts';
import { Radios } from '../../../forms/Choice.tsx';
import { MomentField } from '../../../forms/MomentField.tsx';
import { PagedList } from '../../../parts/PagedList.tsx';
import { useText } from '../../../texts/useText.ts';
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
      <fieldset className="choice">
        <legend>{t('invited-firms')}</legend>
        <p className="hint">{t('invited-firms-hint', { count: values.invited.length })}</p>
        <PagedList
          queryKey={['profiles', 'RW']}
          read={(cursor) =>
            expecting(200, profiles.list({ query: { country: 'RW', limit: 20, ...(cursor === undefined ? {} : { cursor }) } }))
          }
          keyOf={({ organisationId }) => organisationId}
          expected={3}
          empty={t('no-firms-to-invite')}
        >
          {({ organisationId, name }) => (
            <li>
              <label>
                <input
                  type="checkbox"
                  name="invited"
                  checked={values.invited.includes(organisationId)}
                  disabled={alreadyInvited.includes(organisationId)}
                  onChange={(event) =>
                    set({
                      invited: event.target.checked
                        ? [...values.invited, organisationId]
                        : values.invited.filter((each) => each !== organisationId),
                    })
                  }
                />
                {name}
              </label>
            </li>
          )}
        </PagedList>
      </fieldset>
    </>
  );
};
