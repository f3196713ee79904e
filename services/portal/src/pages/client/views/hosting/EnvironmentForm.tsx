import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useCallback, useState } from 'react';
import { expecting, expectingTagged } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { dropTyped, readTyped, writeTyped } from '../../forms/typed.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import {
  type EnvironmentFields,
  emptyEnvironment,
  fieldsOf,
  isEnvironmentFields,
  type NewEnvironment,
  toNewEnvironment,
} from '../../sandbox/environmentFields.ts';
import { useText } from '../../texts/useText.ts';
import { goTo, useAct } from '../sandbox/acting.ts';
import { Disagreement } from '../sandbox/Disagreement.tsx';
import { TypedEarlier } from '../sandbox/TypedEarlier.tsx';
import { isKept, type Read, useEdited } from '../sandbox/useEdited.ts';
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
        <EnvironmentForm first={{ fields: emptyEnvironment, etag: undefined }} readAgain={nothingToRead} />
      ) : (
        <p className="note">{t('hosts-are-rwandan')}</p>
      )}
    </div>
  );
};

const nothingToRead = (): Promise<Read<EnvironmentFields>> => Promise.resolve({ fields: emptyEnvironment, etag: undefined });

/** The environment with the text of its terms, and the tag an edit of it names. */
const readToEdit = async (id: string): Promise<Read<EnvironmentFields>> => {
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
        <EnvironmentForm id={id} first={data} readAgain={readAgain} />
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
  readonly first: Read<EnvironmentFields>;
  readonly readAgain: () => Promise<Read<EnvironmentFields>>;
};

const EnvironmentForm = ({ id, first, readAgain }: EnvironmentFormProps): ReactNode => {
  const { t } = useText('sandbox');
  const form = `environment.${id ?? 'new'}`;
  const [kept] = useState(() => readTyped(localStorage, form, isKept(isEnvironmentFields)));
  const edited = useEdited(first, readAgain, kept);
  const { values, setValues, etag, conflict } = edited;
  const set = (changed: Partial<EnvironmentFields>) => {
    const next = { ...values, ...changed };
    setValues(next);
    writeTyped(localStorage, form, { read: edited.read, values: next });
  };
  const sending = useAct(
    (body: NewEnvironment, headers) =>
      id === undefined
        ? expecting(201, sandbox.openEnvironment({ headers, body }))
        : expecting(200, sandbox.editEnvironment({ params: { id }, headers: { 'if-match': etag }, body })),
    ({ environmentId }) => {
      dropTyped(localStorage, form);
      goTo(`/environments/${environmentId}`);
    },
  );
  const send = () => sending.mutate(toNewEnvironment(values), { onError: (error) => void edited.failed(error) });
  const fields = { values, set, error: sending.error };
  return (
    <Form sending={sending} onSubmit={send} action={t(id === undefined ? 'open-environment' : 'save')}>
      <TypedEarlier
        isThere={kept !== undefined}
        onStartAnew={() => {
          dropTyped(localStorage, form);
          edited.saved(first);
        }}
      />
      {conflict && <Disagreement edited={edited} labelOf={(name) => t(`field-${name}`)} />}
      <WhatIsTestedFields {...fields} />
      <DataAndPanelFields {...fields} />
      <ConditionFields {...fields} />
    </Form>
  );
};
