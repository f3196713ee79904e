import { useQuery } from '@tanstack/react-query';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Radios, Select } from '../../forms/Choice.tsx';
import { useText } from '../../texts/useText.ts';
import { periodText } from '../sandbox/Words.tsx';

/** What happens to the bookings of a slot that changes or closes; `to` is where they move. */
export type Fate = { readonly what: 'keep' | 'cancel' | 'move' | undefined; readonly to: string | undefined };
export const undecided: Fate = { what: undefined, to: undefined };

/** As the platform takes it; undefined as long as it is not whole. */
export const toFate = ({ what, to }: Fate) =>
  what === 'move' ? (to === undefined ? undefined : { do: what, to }) : what && { do: what };

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
  const { environmentId, slotId } = slot;
  const { data } = useQuery({
    queryKey: ['slots', 'free', environmentId],
    queryFn: () => expecting(200, sandbox.slots({ query: { environmentId, free: 'true', limit: 30 } })),
    enabled: fate.what === 'move',
  });
  const others = (data?.items ?? []).filter((other) => other.slotId !== slotId);
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
      {fate.what === 'move' &&
        (data && others.length === 0 ? (
          <p className="issue">{t('nowhere-to-move')}</p>
        ) : (
          <Select
            name="to"
            label={t('move-to')}
            options={others.map((other) => ({
              value: other.slotId,
              label: `${periodText(other.startsAt, other.endsAt, language)} (${t('free-of', { free: other.free, capacity: other.capacity })})`,
            }))}
            value={fate.to}
            onChange={(to) => onChange({ ...fate, to })}
          />
        ))}
    </>
  );
};
