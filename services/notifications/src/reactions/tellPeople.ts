import { mustBeKnown } from '@umuhuza/contracts/notifications/schemas';
import type { Cause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { notify } from '../notification/notify.ts';
import type { NotificationBook } from '../notificationBook.ts';
import { isWanted } from '../preferences/preferences.ts';
import { type PreferencesBook, wishesOf } from '../preferencesBook.ts';
import type { Told } from '../told.ts';

const channels = ['inbox', 'email'] as const;

export type ToPeople = {
  readonly people: readonly string[];
  readonly organisation: string;
  readonly told: Told;
  readonly cause: Cause;
  /** The notification’s id, the same whenever the same thing is told. */
  readonly idOf: (part: string) => string;
};

/** Tells each of them once on each channel. */
export const tellPeople = async (
  {
    notifications,
    preferences,
    clock,
  }: { readonly notifications: NotificationBook; readonly preferences: PreferencesBook; readonly clock: Clock },
  { people, organisation, told, cause, idOf }: ToPeople,
): Promise<void> => {
  await Promise.all(
    people.map(async (recipient) => {
      const wishes = await wishesOf(preferences, recipient);
      const whom = { recipient, organisation, told };
      for (const channel of channels) {
        const wanted = isWanted(wishes, told.kind, channel, mustBeKnown);
        await notifications.change(
          idOf(`${recipient}/${channel}`),
          (notification) => notify(notification, { ...whom, channel, wanted, at: clock() }),
          cause,
        );
      }
    }),
  );
};
