import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { Field, Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from './acting.ts';

type Props = { readonly booking: BookingView; readonly isGuest: boolean };

/** Whom the guest brings along. Only the guest, who gave the addresses, sees them. */
export const Testers = ({ booking, isGuest }: Props): ReactNode => {
  const { t } = useText('sandbox');
  const { bookingId, testers, seats, status, startsAt } = booking;
  const mayChange = isGuest && (status === 'requested' || status === 'confirmed') && Date.parse(startsAt) > platformNow();
  const removing = useAct((testerId: string, headers) =>
    expecting(200, sandbox.removeTester({ params: { id: bookingId, testerId }, headers, body: {} })),
  );
  if (testers.length === 0 && !mayChange) return null;
  return (
    <Card title={t('own-testers')}>
      <p className="quiet">{t('seats-taken', { taken: testers.length, seats })}</p>
      {testers.length > 0 && (
        <ul className="list">
          {testers.map(({ testerId, name, email }) => (
            <li key={testerId}>
              <div className="line-head">
                <span>
                  {name}
                  {email && <span className="quiet"> {email}</span>}
                </span>
                {mayChange && (
                  <button type="button" className="plain" disabled={removing.isPending} onClick={() => removing.mutate(testerId)}>
                    {t('take-off')}
                    <span className="unseen">: {name}</span>
                  </button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {removing.isError && <Failure error={removing.error} />}
      {mayChange && testers.length < seats && <Invite bookingId={bookingId} />}
    </Card>
  );
};

const nobody = { name: '', email: '' };

const Invite = ({ bookingId }: { readonly bookingId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [values, setValues] = useState(nobody);
  const inviting = useAct(
    (body: typeof nobody, headers) => expecting(200, sandbox.inviteTester({ params: { id: bookingId }, headers, body })),
    () => setValues(nobody),
  );
  return (
    <details>
      <summary>{t('invite-tester')}</summary>
      <Form sending={inviting} onSubmit={() => inviting.mutate(values)} action={t('invite')}>
        <p className="hint">{t('invite-detail')}</p>
        <Field
          name="name"
          label={t('tester-name')}
          maxLength={120}
          value={values.name}
          error={inviting.error}
          onChange={(name) => setValues({ ...values, name })}
        />
        <Field
          name="email"
          type="email"
          label={t('email')}
          maxLength={254}
          value={values.email}
          error={inviting.error}
          onChange={(email) => setValues({ ...values, email })}
        />
      </Form>
    </details>
  );
};
