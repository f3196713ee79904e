import { instantsAt } from '../forms/wallTime.ts';
import type { City } from '../times.ts';

/** What somebody looks for, as the form holds it; empty where it does not matter. */
export const anySlot = {
  area: '',
  words: '',
  from: '',
  to: '',
  language: '',
  device: '',
  city: '',
  price: '',
  /** Minor units of `currency`. */
  atMost: '',
  currency: 'EUR',
  free: 'yes',
};
export type SlotWishes = typeof anySlot;

/** The same as the platform is asked. Days are those of the reader’s city, both included; what has begun is over. */
export const slotQueryOf = (wishes: SlotWishes, reader: City, now: string) => {
  const from = startOf(wishes.from, reader);
  const to = wishes.to === '' ? undefined : startOf(dayAfter(wishes.to), reader);
  const kind = wishes.words.trim() || wishes.area;
  return {
    from: from !== undefined && from > now ? from : now,
    ...(to === undefined ? {} : { to }),
    ...(kind === '' ? {} : { kind }),
    ...given('language', wishes.language),
    ...given('device', wishes.device),
    ...given('city', wishes.city),
    ...(wishes.free === 'yes' ? { free: 'true' as const } : {}),
    ...(wishes.price === 'free' ? { price: 'free' as const } : {}),
    ...(wishes.price === 'at-most' && wishes.atMost !== '' ? { atMost: Number(wishes.atMost), currency: wishes.currency } : {}),
  };
};

const given = <Name extends string>(name: Name, value: string) =>
  (value.trim() === '' ? {} : { [name]: value.trim() }) as { readonly [N in Name]?: string };

const startOf = (day: string, city: City): string | undefined => (day === '' ? undefined : instantsAt(day, '00:00', city)[0]);

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
