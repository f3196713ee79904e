import { type ReactNode, useState } from 'react';
import { expecting, Refused } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import type { Version } from '../../forms/autosave.ts';
import { Disagreement } from '../../forms/Disagreement.tsx';
import { Form } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { TypedEarlier } from '../../forms/TypedEarlier.tsx';
import { useEdited } from '../../forms/useEdited.ts';
import { Card } from '../../parts/Card.tsx';
import { emptyWindow, type HoursFields, toNewHours } from '../../sandbox/hoursFields.ts';
import { useText } from '../../texts/useText.ts';
import { goTo, useAct } from '../sandbox/acting.ts';
import { BlackoutRows } from './BlackoutRows.tsx';
import { HoursPreview } from './HoursPreview.tsx';
import { InUseField, inUseOf, nothingSaid } from './InUseField.tsx';
import { WindowFieldset } from './WindowFieldset.tsx';

type HoursFormProps = {
  readonly environmentId: string;
  /** Absent for new ones. */
  readonly hoursId?: string;
  readonly first: Version<HoursFields>;
  readonly readAgain?: () => Promise<Version<HoursFields>>;
};

export const HoursForm = ({ environmentId, hoursId, first, readAgain }: HoursFormProps): ReactNode => {
  const { t } = useText('sandbox');
  const edited = useEdited({ form: hoursId === undefined ? `hours.${environmentId}.new` : `hours.${hoursId}`, first, readAgain });
  const { values, set } = edited;
  const [inUse, setInUse] = useState(nothingSaid);
  const sending = useAct(
    ({ typed, said }: { readonly typed: HoursFields; readonly said: typeof inUse }, headers) =>
      hoursId === undefined
        ? expecting(201, sandbox.openHours({ params: { id: environmentId }, headers, body: toNewHours(typed) }))
        : edited.edit(typed, (fields, etag) =>
            expecting(
              200,
              sandbox.changeHours({
                params: { id: hoursId },
                headers: { 'if-match': etag },
                body: { ...toNewHours(fields), ...inUseOf(said) },
              }),
            ),
          ),
    () => {
      edited.done();
      goTo(`/environments/${environmentId}`);
    },
  );
  const { error } = sending;
  const falls = error instanceof Refused && error.refusal === 'slots-in-use';
  return (
    <Form
      sending={sending}
      onSubmit={() => sending.mutate({ typed: values, said: inUse })}
      action={t(hoursId === undefined ? 'open-hours' : 'save')}
    >
      <TypedEarlier edited={edited} />
      <Disagreement edited={edited} labelOf={(name) => t(`field-${name}`)} />
      <Card title={t('field-windows')}>
        <Rows
          label={t('windows-label')}
          hint={t('windows-hint', { zone: values.timeZone })}
          items={values.windows}
          empty={emptyWindow(values.windows[0]?.startsOn ?? '')}
          rowName={t('window')}
          add={t('add-window')}
          most={20}
          onChange={(windows) => set({ windows })}
        >
          {(window, setWindow, index) => <WindowFieldset window={window} set={setWindow} index={index} error={error} />}
        </Rows>
      </Card>
      <Card title={t('part-slots')}>
        <NumberField
          name="slotMinutes"
          label={t('field-slotMinutes')}
          unit={t('minutes-unit')}
          min={15}
          max={1_440}
          value={values.slotMinutes ?? undefined}
          error={error}
          onChange={(minutes) => set({ slotMinutes: minutes ?? null })}
        />
        <NumberField
          name="bufferMinutes"
          label={t('field-bufferMinutes')}
          hint={t('hours-buffer-hint')}
          unit={t('minutes-unit')}
          min={0}
          max={1_440}
          value={values.bufferMinutes ?? undefined}
          error={error}
          onChange={(minutes) => set({ bufferMinutes: minutes ?? null })}
        />
        <NumberField
          name="capacity"
          label={t('field-capacity')}
          hint={t('places-hint')}
          min={1}
          max={50}
          value={values.capacity ?? undefined}
          error={error}
          onChange={(capacity) => set({ capacity: capacity ?? null })}
        />
      </Card>
      <Card title={t('field-blackouts')}>
        <BlackoutRows values={values.blackouts} error={error} onChange={(blackouts) => set({ blackouts })} />
      </Card>
      <HoursPreview environmentId={environmentId} hoursId={hoursId} hours={toNewHours(values)} />
      {falls && <InUseField inUse={inUse} onChange={setInUse} />}
    </Form>
  );
};
