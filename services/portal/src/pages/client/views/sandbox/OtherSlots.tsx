import { useQuery } from '@tanstack/react-query';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { Field } from '../../forms/Form.tsx';
import { anySlot, slotQueryOf } from '../../sandbox/slotQuery.ts';
import { useText } from '../../texts/useText.ts';
import type { City } from '../../times.ts';

/** How many are offered at a time; a later day shows others. */
const most = 30;

type Elsewhere = {
  readonly of: { readonly slotId: string; readonly environmentId: string };
  readonly city: City;
  readonly isAsked?: boolean;
};

/** The slots of the same environment with a free place, from a day on that can be chosen: a booking can go there. */
export const useOtherSlots = ({ of: { slotId, environmentId }, city, isAsked = true }: Elsewhere) => {
  const [day, setDay] = useState('');
  const [now] = useState(() => new Date(platformNow()).toISOString());
  const query = slotQueryOf({ ...anySlot, from: day }, city, now);
  const found = useQuery({
    queryKey: ['slots', 'free', environmentId, query.from],
    queryFn: () => expecting(200, sandbox.slots({ query: { ...query, environmentId, limit: most } })),
    placeholderData: (before) => before,
    enabled: isAsked,
  });
  const slots: readonly SlotView[] = (found.data?.items ?? []).filter((slot) => slot.slotId !== slotId);
  const isCut = found.data?.next != null;
  return { ...found, slots, isCut, day, setDay };
};

type FromDayProps = { readonly day: string; readonly isCut: boolean; readonly setDay: (day: string) => void };

export const FromDay = ({ day, isCut, setDay }: FromDayProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Field
      name="fromDay"
      type="date"
      label={t('slots-from-day')}
      hint={isCut ? t('slots-are-cut', { count: most }) : undefined}
      isOptional
      value={day}
      onChange={setDay}
    />
  );
};
