import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';
import { FateField, toFate, useFate } from './FateField.tsx';

type CloseSlotProps = { readonly slot: SlotView; readonly bookings: number };

export const CloseSlot = ({ slot, bookings }: CloseSlotProps): ReactNode => {
  const { t } = useText('sandbox');
  const [reason, setReason] = useState('');
  const { fate, setFate, onError } = useFate();
  const closing = useAct(
    (body: { readonly reason: string; readonly bookings?: NonNullable<ReturnType<typeof toFate>> }, headers) =>
      expecting(200, sandbox.closeSlot({ params: { id: slot.slotId }, headers, body })),
  );
  const said = bookings > 0 ? toFate(fate) : undefined;
  return (
    <Form
      sending={closing}
      onSubmit={() => closing.mutate({ reason, ...(said ? { bookings: said } : {}) }, { onError })}
      action={t('close-slot')}
      isDangerous
    >
      <p>{t('close-slot-detail')}</p>
      {bookings > 0 && <FateField slot={slot} bookings={bookings} fate={fate} error={closing.error} onChange={setFate} />}
      <ReasonField value={reason} error={closing.error} onChange={setReason} />
    </Form>
  );
};
