import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { Refused } from '../../api/answers.ts';
import { Radios, Select } from '../../forms/Choice.tsx';
import { useText } from '../../texts/useText.ts';
import { useReadAnew } from '../sandbox/acting.ts';
import { FromDay, useOtherSlots } from '../sandbox/OtherSlots.tsx';
import { periodText } from '../sandbox/Words.tsx';

/** What happens to the bookings of a slot that changes or closes; `to` is where they move, with the start at which it was chosen. */
export type Fate = {
  readonly what: 'keep' | 'cancel' | 'move' | undefined;
  readonly to: { readonly slotId: string; readonly startsAt: string } | undefined;
};
const undecided: Fate = { what: undefined, to: undefined };

/** As the platform takes it; undefined as long as it is not whole. */
export const toFate = ({ what, to }: Fate) =>
  what === 'move' ? (to === undefined ? undefined : { do: what, to: to.slotId, startsAt: to.startsAt }) : what && { do: what };

/** What was refused because the other slot has moved is chosen anew, when its time was read. */
export const useFate = () => {
  const [fate, setFate] = useState(undecided);
  const readAnew = useReadAnew();
  const onError = (error: Error): void => {
    if (!(error instanceof Refused && error.refusal === 'slot-moved')) return;
    setFate((chosen) => ({ ...chosen, to: undefined }));
    void readAnew();
  };
  return { fate, setFate, onError };
};

type FateFieldProps = {
  readonly slot: SlotView;
  readonly bookings: number;
  readonly fate: Fate;
  readonly error: Error | null;
  readonly onChange: (fate: Fate) => void;
};

/** Asked only where there are bookings: then nothing is done without it. */
export const FateField = ({ slot, bookings, fate, error, onChange }: FateFieldProps): ReactNode => {
  const { t, language } = useText('sandbox');
  const others = useOtherSlots({ of: slot, city: 'Kigali', isAsked: fate.what === 'move' });
  return (
    <>
      <Radios
        name="bookings"
        label={t('fate-of-bookings', { count: bookings })}
        hint={t('fate-hint')}
        options={(['keep', 'move', 'cancel'] as const).map((value) => ({
          value,
          label: t(`fate-${value}`),
          detail: t(`fate-${value}-detail`),
        }))}
        value={fate.what}
        error={error}
        onChange={(what) => onChange({ ...fate, what })}
      />
      {fate.what === 'move' && (
        <>
          <FromDay
            {...others}
            setDay={(day) => {
              others.setDay(day);
              onChange({ ...fate, to: undefined });
            }}
          />
          {others.data && others.slots.length === 0 ? (
            <p className="issue">{t('nowhere-to-move')}</p>
          ) : (
            <Select
              name="to"
              label={t('move-to')}
              options={others.slots.map(({ slotId, startsAt, endsAt, free, capacity }) => ({
                value: slotId,
                label: `${periodText(startsAt, endsAt, language)} (${t('free-of', { free, capacity })})`,
              }))}
              value={fate.to?.slotId}
              onChange={(to) => onChange({ ...fate, to: others.slots.find(({ slotId }) => slotId === to) })}
            />
          )}
        </>
      )}
    </>
  );
};
