import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { expectingTagged } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import type { Version } from '../../forms/autosave.ts';
import { Select } from '../../forms/Choice.tsx';
import { Disagreement } from '../../forms/Disagreement.tsx';
import { Field, Form } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { TypedEarlier } from '../../forms/TypedEarlier.tsx';
import { useEdited } from '../../forms/useEdited.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { freeIdOf } from '../../sandbox/freeIdOf.ts';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';

const kinds = ['room', 'device-pool', 'host', 'network'] as const;

type Resource = {
  /** Empty for a new one: it is made of the name. */
  readonly resourceId: string;
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly quantity: number | null;
};
type Fields = { readonly resources: readonly Resource[] };
const emptyResource: Resource = { resourceId: '', name: '', kind: 'room', quantity: 1 };

const readResources = async (): Promise<Version<Fields>> => {
  const { value, etag } = await expectingTagged(200, sandbox.resources());
  return { fields: value, etag };
};

/** What the company has that slots need at once: hosts, rooms, devices, networks. */
export const ResourcesPage = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('resources'));
  const { data, error, refetch } = useQuery({
    queryKey: ['resources', 'to-edit'],
    queryFn: readResources,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className="narrow">
      <h1>{t('resources')}</h1>
      <p className="quiet lead">{t('resources-detail')}</p>
      {data ? (
        <ResourcesForm form={`resources.${company.organisationId}`} first={data} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading items={3} />
      )}
    </div>
  );
};

type ResourcesFormProps = {
  /** Names what is typed on the device. */
  readonly form: string;
  readonly first: Version<Fields>;
};

const ResourcesForm = ({ form, first }: ResourcesFormProps): ReactNode => {
  const { t } = useText('sandbox');
  const edited = useEdited({ form, first, readAgain: readResources });
  const { values, set } = edited;
  const saving = useAct(
    (typed: Fields) =>
      edited.edit(typed, (fields, etag) =>
        expectingTagged(200, sandbox.describeResources({ headers: { 'if-match': etag }, body: toResources(fields) })),
      ),
    ({ value, etag }, typed) => edited.saved(typed, { fields: value, etag }),
  );
  return (
    <section className="card" aria-label={t('resources')}>
      <Form sending={saving} onSubmit={() => saving.mutate(values)} action={t('save')}>
        <TypedEarlier edited={edited} />
        <Disagreement edited={edited} labelOf={() => t('resources')} />
        <Rows
          label={t('resources')}
          items={values.resources}
          empty={emptyResource}
          rowName={t('resource')}
          add={t('add-resource')}
          most={100}
          onChange={(resources) => set({ resources })}
        >
          {(resource, setResource, index) => (
            <>
              <Field
                name={`resources.${index}.name`}
                label={t('resource-name')}
                maxLength={120}
                value={resource.name}
                error={saving.error}
                onChange={(name) => setResource({ name })}
              />
              <div className="pair">
                <Select
                  name={`resources.${index}.kind`}
                  label={t('resource-kind')}
                  options={kinds.map((value) => ({ value, label: t(`resource-${value}`) }))}
                  value={resource.kind}
                  error={saving.error}
                  onChange={(kind) => setResource({ kind })}
                />
                <NumberField
                  name={`resources.${index}.quantity`}
                  label={t('quantity')}
                  min={1}
                  max={10_000}
                  value={resource.quantity ?? undefined}
                  error={saving.error}
                  onChange={(quantity) => setResource({ quantity: quantity ?? null })}
                />
              </div>
            </>
          )}
        </Rows>
        <p role="status" className={saving.isSuccess ? 'award' : 'unseen'}>
          {saving.isSuccess ? t('saved') : ''}
        </p>
      </Form>
    </section>
  );
};

const toResources = ({ resources }: Fields) => {
  const taken = resources.map(({ resourceId }) => resourceId).filter((id) => id !== '');
  return {
    resources: resources.map(({ resourceId, name, kind, quantity }) => {
      const id = resourceId === '' ? freeIdOf(name, taken) : resourceId;
      if (resourceId === '') taken.push(id);
      return { resourceId: id, name, kind, quantity: quantity ?? 1 };
    }),
  };
};
