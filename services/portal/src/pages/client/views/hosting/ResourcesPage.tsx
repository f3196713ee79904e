import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { expectingTagged } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { Field, Form } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { freeIdOf } from '../../sandbox/freeIdOf.ts';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';
import { Disagreement } from '../sandbox/Disagreement.tsx';
import { type Read, useEdited } from '../sandbox/useEdited.ts';

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

const readResources = async (): Promise<Read<Fields>> => {
  const { value, etag } = await expectingTagged(200, sandbox.resources());
  return { fields: value, etag };
};

/** What the company has that slots need at once: hosts, rooms, devices, networks. */
export const ResourcesPage = (): ReactNode => {
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
        <ResourcesForm first={data} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading items={3} />
      )}
    </div>
  );
};

const ResourcesForm = ({ first }: { readonly first: Read<Fields> }): ReactNode => {
  const { t } = useText('sandbox');
  const readAgain = useCallback(readResources, []);
  const edited = useEdited(first, readAgain);
  const { values, setValues, etag } = edited;
  const saving = useAct(
    (body: ReturnType<typeof toResources>) =>
      expectingTagged(200, sandbox.describeResources({ headers: { 'if-match': etag }, body })),
    ({ value, etag: now }) => edited.saved({ fields: value, etag: now }),
  );
  return (
    <section className="card" aria-label={t('resources')}>
      <Form
        sending={saving}
        onSubmit={() => saving.mutate(toResources(values), { onError: (error) => void edited.failed(error) })}
        action={t('save')}
      >
        <Disagreement edited={edited} labelOf={() => t('resources')} />
        <Rows
          label={t('resources')}
          items={values.resources}
          empty={emptyResource}
          rowName={t('resource')}
          add={t('add-resource')}
          most={100}
          onChange={(resources) => setValues({ resources })}
        >
          {(resource, set, index) => (
            <>
              <Field
                name={`resources.${index}.name`}
                label={t('resource-name')}
                maxLength={120}
                value={resource.name}
                error={saving.error}
                onChange={(name) => set({ name })}
              />
              <div className="pair">
                <Select
                  name={`resources.${index}.kind`}
                  label={t('resource-kind')}
                  options={kinds.map((value) => ({ value, label: t(`resource-${value}`) }))}
                  value={resource.kind}
                  error={saving.error}
                  onChange={(kind) => set({ kind })}
                />
                <NumberField
                  name={`resources.${index}.quantity`}
                  label={t('quantity')}
                  min={1}
                  max={10_000}
                  value={resource.quantity ?? undefined}
                  error={saving.error}
                  onChange={(quantity) => set({ quantity: quantity ?? null })}
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
