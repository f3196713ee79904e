import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { MomentField } from '../../forms/MomentField.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';
import { FateField, toFate, useFate } from './FateField.tsx';

type ChangeTimeProps = { readonly slot: SlotView; readonly bookings: number };
type NewTime = {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
  readonly bookings?: NonNullable<ReturnType<typeof toFate>>;
};

export const ChangeTime = ({ slot, bookings }: ChangeTimeProps): ReactNode => {
  const { t } = useText('sandbox');
  const [startsAt, setStart] = useState<string | undefined>(slot.startsAt);
  const [endsAt, setEnd] = useState<string | undefined>(slot.endsAt);
  const [reason, setReason] = useState('');
  const { fate, setFate, onError } = useFate();
  const changing = useAct((body: NewTime, headers) =>
    expecting(200, sandbox.changeSlotTime({ params: { id: slot.slotId }, headers, body })),
  );
  const said = bookings > 0 ? toFate(fate) : undefined;
  return (
    <Form
      sending={changing}
      onSubmit={() => {
        if (startsAt && endsAt) changing.mutate({ startsAt, endsAt, reason, ...(said ? { bookings: said } : {}) }, { onError });
      }}
      action={t('change-time')}
    >
      <MomentField
        name="startsAt"
        label={t('starts')}
        city="Kigali"
        value={startsAt}
        error={changing.error}
        onChange={setStart}
      />
      <MomentField name="endsAt" label={t('ends')} city="Kigali" value={endsAt} error={changing.error} onChange={setEnd} />
      {slot.waiting > 0 && <p className="quiet">{t('waiting-are-told', { count: slot.waiting })}</p>}
      {bookings > 0 && <FateField slot={slot} bookings={bookings} fate={fate} error={changing.error} onChange={setFate} />}
      <ReasonField value={reason} error={changing.error} onChange={setReason} />
    </Form>
  );
};
