import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useCallback } from 'react';
import { expecting, expectingTagged } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import type { Version } from '../../forms/autosave.ts';
import { Disagreement } from '../../forms/Disagreement.tsx';
import { Form } from '../../forms/Form.tsx';
import { TypedEarlier } from '../../forms/TypedEarlier.tsx';
import { useEdited } from '../../forms/useEdited.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { type EnvironmentFields, emptyEnvironment, fieldsOf, toNewEnvironment } from '../../sandbox/environmentFields.ts';
import { useText } from '../../texts/useText.ts';
import { goTo, useAct } from '../sandbox/acting.ts';
import { ConditionFields } from './ConditionFields.tsx';
import { DataAndPanelFields } from './DataAndPanelFields.tsx';
import { WhatIsTestedFields } from './WhatIsTestedFields.tsx';

export const NewEnvironmentPage = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('new-environment'));
  return (
    <div className="narrow">
      <h1>{t('new-environment')}</h1>
      <p className="quiet lead">{t('new-environment-detail')}</p>
      {company.country === 'RW' ? (
        <EnvironmentForm
          form={`environment.${company.organisationId}.new`}
          first={{ fields: emptyEnvironment, etag: undefined }}
        />
      ) : (
        <p className="note">{t('hosts-are-rwandan')}</p>
      )}
    </div>
  );
};

/** The environment with the text of its terms, and the tag an edit of it names. */
const readToEdit = async (id: string): Promise<Version<EnvironmentFields>> => {
  const { value, etag } = await expectingTagged(200, sandbox.environment({ params: { id } }));
  const terms = value.termsOfUse && (await expecting(200, sandbox.termsOfUse({ params: { hash: value.termsOfUse.hash } })));
  return { fields: fieldsOf(value, terms?.text ?? ''), etag };
};

export const EditEnvironmentPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('edit-environment'));
  const readAgain = useCallback(() => readToEdit(id), [id]);
  const { data, error, refetch } = useQuery({
    queryKey: ['environments', 'to-edit', id],
    queryFn: readAgain,
    // What is typed stands on what was read when the form was opened.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className="narrow">
      <h1>{t('edit-environment')}</h1>
      <p className="quiet lead">{t('edit-environment-detail')}</p>
      {data ? (
        <EnvironmentForm id={id} form={`environment.${id}`} first={data} readAgain={readAgain} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading items={6} />
      )}
    </div>
  );
};

type EnvironmentFormProps = {
  /** Absent for a new one. */
  readonly id?: string;
  /** Names what is typed on the device. */
  readonly form: string;
  readonly first: Version<EnvironmentFields>;
  readonly readAgain?: () => Promise<Version<EnvironmentFields>>;
};

const EnvironmentForm = ({ id, form, first, readAgain }: EnvironmentFormProps): ReactNode => {
  const { t } = useText('sandbox');
  const edited = useEdited({ form, first, readAgain });
  const { values, set } = edited;
  const sending = useAct(
    (typed: EnvironmentFields, headers) =>
      id === undefined
        ? expecting(201, sandbox.openEnvironment({ headers, body: toNewEnvironment(typed) }))
        : edited.edit(typed, (fields, etag) =>
            expecting(
              200,
              sandbox.editEnvironment({ params: { id }, headers: { 'if-match': etag }, body: toNewEnvironment(fields) }),
            ),
          ),
    ({ environmentId }) => {
      edited.done();
      goTo(`/environments/${environmentId}`);
    },
  );
  const fields = { values, set, error: sending.error };
  return (
    <Form sending={sending} onSubmit={() => sending.mutate(values)} action={t(id === undefined ? 'open-environment' : 'save')}>
      <TypedEarlier edited={edited} />
      <Disagreement edited={edited} labelOf={(name) => t(`field-${name}`)} />
      <WhatIsTestedFields {...fields} />
      <DataAndPanelFields {...fields} />
      <ConditionFields {...fields} />
    </Form>
  );
};
