import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { expectingTagged } from '../../api/answers.ts';
import { profiles } from '../../api/platform.ts';
import type { Version } from '../../forms/autosave.ts';
import { Disagreement } from '../../forms/Disagreement.tsx';
import { Field, Form } from '../../forms/Form.tsx';
import { orReadLast } from '../../forms/readLast.ts';
import { Tags } from '../../forms/Tags.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { TypedEarlier } from '../../forms/TypedEarlier.tsx';
import { useEdited } from '../../forms/useEdited.ts';
import { useIntent } from '../../forms/useIntent.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { fieldAskedFor } from '../../profile/mending.ts';
import { emptyProfile, type ProfileFields, profileFieldsOf, toContent } from '../../profile/profileFields.ts';
import { useText } from '../../texts/useText.ts';
import { goTo } from '../sandbox/acting.ts';
import { CpvField } from '../tenders/CpvField.tsx';
import { myProfileKey } from './ProfilePage.tsx';
import { WorkFields } from './WorkFields.tsx';

type ProfilePageProps = { readonly company: Membership };

const readToEdit = async (country: Membership['country']): Promise<Version<ProfileFields>> => {
  const { value, etag } = await expectingTagged(200, profiles.mine());
  return { fields: value.content ? profileFieldsOf(value.content) : emptyProfile(country), etag };
};

export const EditProfilePage = ({ company: { organisationId, country } }: ProfilePageProps): ReactNode => {
  const { t } = useText('profile');
  useTitle(t('own-profile'));
  const readAgain = useCallback(() => readToEdit(country), [country]);
  const { data, error, refetch } = useQuery({
    queryKey: ['profiles', 'to-edit'],
    queryFn: () => orReadLast(localStorage, `profile.${organisationId}`, readAgain),
    networkMode: 'offlineFirst',
    // What is typed stands on what was read when the form was opened.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className="narrow">
      <h1>{t('own-profile')}</h1>
      <p className="quiet lead">{t('edit-profile-detail')}</p>
      {data ? (
        <ProfileForm organisationId={organisationId} first={data} readAgain={readAgain} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading items={6} />
      )}
    </div>
  );
};

type ProfileFormProps = {
  readonly organisationId: string;
  readonly first: Version<ProfileFields>;
  readonly readAgain: () => Promise<Version<ProfileFields>>;
};

const ProfileForm = ({ organisationId, first, readAgain }: ProfileFormProps): ReactNode => {
  const { t } = useText('profile');
  const queries = useQueryClient();
  const edited = useEdited({ form: `profile.${organisationId}`, first, readAgain });
  const { values, set } = edited;
  const saving = useIntent(
    (typed: ProfileFields) =>
      edited.edit(typed, (fields, etag) =>
        expectingTagged(
          200,
          profiles.editMine({ headers: { 'if-match': etag }, body: toContent(fields, new Date().getFullYear()) }),
        ),
      ),
    ({ value }) => {
      edited.done();
      queries.setQueryData(myProfileKey, value);
      goTo('/profile');
    },
  );
  const { error } = saving;
  const box = useRef<HTMLDivElement>(null);
  // Whoever was led here by what the profile lacks begins at that field.
  useEffect(() => {
    const asked = fieldAskedFor(location.hash);
    if (asked !== undefined) inputOf(box.current, asked)?.focus();
  }, []);
  return (
    <div ref={box}>
      <Form sending={saving} onSubmit={() => saving.mutate(values)} action={t('save')}>
        <TypedEarlier edited={edited} />
        <Disagreement edited={edited} labelOf={(name) => t(`field-${name}`)} />
        <Card title={t('part-company')}>
          <TextArea
            name="summary"
            label={t('field-summary')}
            hint={t('summary-hint')}
            maxLength={4_000}
            value={values.summary}
            error={error}
            onChange={(summary) => set({ summary })}
          />
          <Field
            name="website"
            type="url"
            label={t('field-website')}
            maxLength={300}
            isOptional
            value={values.website}
            error={error}
            onChange={(website) => set({ website })}
          />
          <Tags
            name="sectors"
            label={t('field-sectors')}
            hint={t('sectors-hint')}
            most={20}
            maxLength={60}
            isOptional
            values={values.sectors}
            error={error}
            onChange={(sectors) => set({ sectors })}
          />
        </Card>
        {(['offers', 'needs'] as const).map((side) => (
          <Card key={side} title={t(`part-${side}`)}>
            <Tags
              name={`${side}.skills`}
              label={t(`field-${side}Skills`)}
              hint={t('skills-hint')}
              most={50}
              maxLength={60}
              isOptional
              values={values[`${side}Skills`]}
              error={error}
              onChange={(skills) => set({ [`${side}Skills`]: skills })}
            />
            <CpvField
              name={`${side}.cpv`}
              label={t(`field-${side}Cpv`)}
              codes={values[`${side}Cpv`]}
              error={error}
              onChange={(codes) => set({ [`${side}Cpv`]: codes })}
            />
          </Card>
        ))}
        <WorkFields values={values} set={set} error={error} />
        <p className="hint">
          {t('profile-kept')} {t('save-then-publish')}
        </p>
      </Form>
    </div>
  );
};

/** The input of this name, the first of its rows, or what adds one. */
const inputOf = (box: HTMLElement | null, name: string): HTMLElement | null | undefined => {
  const named = CSS.escape(name);
  return box?.querySelector<HTMLElement>(`[name="${named}"], [name^="${named}."], [data-name="${named}"] > button`);
};
