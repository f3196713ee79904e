import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { MomentField } from '../../forms/MomentField.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail } from '../Detail.tsx';
import { goTo, useAct } from '../sandbox/acting.ts';
import { environmentKey, readEnvironment } from '../sandbox/EnvironmentFacts.tsx';

/** Opens one slot. Hours that come again have a page of their own. */
export const OpenSlot = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail queryKey={environmentKey(id)} read={readEnvironment(id)} titleOf={() => t('open-slot')} kind={t('environment')}>
      {({ environmentId, title, host }) => (
        <>
          <p className="quiet">
            <a href={`#/environments/${environmentId}`}>{title}</a>
          </p>
          {host.organisationId === company.organisationId && (
            <section className="card">
              <SlotForm environmentId={environmentId} />
            </section>
          )}
        </>
      )}
    </Detail>
  );
};

type NewSlot = { readonly startsAt: string; readonly endsAt: string; readonly capacity: number };

const SlotForm = ({ environmentId }: { readonly environmentId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [startsAt, setStart] = useState<string>();
  const [minutes, setMinutes] = useState<number | undefined>(120);
  const [capacity, setCapacity] = useState<number | undefined>(1);
  const opening = useAct(
    (body: NewSlot, headers) => expecting(201, sandbox.openSlot({ params: { id: environmentId }, headers, body })),
    ({ slotId }) => goTo(`/slots/${slotId}`),
  );
  const send = () => {
    if (startsAt === undefined || minutes === undefined || capacity === undefined) return;
    const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
    opening.mutate({ startsAt, endsAt, capacity });
  };
  return (
    <Form sending={opening} onSubmit={send} action={t('open-slot')}>
      <MomentField name="startsAt" label={t('starts')} city="Kigali" value={startsAt} error={opening.error} onChange={setStart} />
      <NumberField
        name="endsAt"
        label={t('lasts')}
        unit={t('minutes-unit')}
        min={15}
        max={1_440}
        value={minutes}
        error={opening.error}
        onChange={setMinutes}
      />
      <NumberField
        name="capacity"
        label={t('places')}
        hint={t('places-hint')}
        min={1}
        max={50}
        value={capacity}
        error={opening.error}
        onChange={setCapacity}
      />
    </Form>
  );
};
