import { type ReactNode, useState } from 'react';
import { expecting, Refused } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { goTo, useAct } from '../sandbox/acting.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';
import { InUseField, inUseOf, nothingSaid } from './InUseField.tsx';

type EndHoursProps = { readonly hoursId: string; readonly environmentId: string };

/** Ends hours: slots that nobody uses are closed. */
export const EndHours = ({ hoursId, environmentId }: EndHoursProps): ReactNode => {
  const { t } = useText('sandbox');
  const [reason, setReason] = useState('');
  const [inUse, setInUse] = useState(nothingSaid);
  const ending = useAct(
    (body: { readonly reason: string } & ReturnType<typeof inUseOf>, headers) =>
      expecting(200, sandbox.endHours({ params: { id: hoursId }, headers, body })),
    () => goTo(`/environments/${environmentId}`),
  );
  const falls = ending.error instanceof Refused && ending.error.refusal === 'slots-in-use';
  return (
    <Card title={t('end-hours')}>
      <details className="weighty">
        <summary>{t('end-hours')}</summary>
        <Form sending={ending} onSubmit={() => ending.mutate({ reason, ...inUseOf(inUse) })} action={t('end-hours')} isDangerous>
          <p>{t('end-hours-detail')}</p>
          <ReasonField value={reason} error={ending.error} onChange={setReason} />
          {falls && <InUseField inUse={inUse} onChange={setInUse} />}
        </Form>
      </details>
    </Card>
  );
};
