/** What is left until an instant, as a clock or in words: `9:05` within the hour, then hours and minutes, then days and hours. */
export type TimeLeft =
  | { readonly as: 'over' }
  | { readonly as: 'clock'; readonly minutes: number; readonly seconds: number }
  | { readonly as: 'hours'; readonly hours: number; readonly minutes: number }
  | { readonly as: 'days'; readonly days: number; readonly hours: number };

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000] as const;

/** `now` in milliseconds since the epoch. What is begun counts as a whole second, so that `0:00` is only said when it is over. */
export const timeLeft = (until: string, now: number): TimeLeft => {
  const left = Math.ceil((Date.parse(until) - now) / second) * second;
  if (left <= 0) return { as: 'over' };
  if (left < hour) return { as: 'clock', minutes: Math.floor(left / minute), seconds: (left % minute) / second };
  if (left < day) return { as: 'hours', hours: Math.floor(left / hour), minutes: Math.floor((left % hour) / minute) };
  return { as: 'days', days: Math.floor(left / day), hours: Math.floor((left % day) / hour) };
};

/** Milliseconds after which what is shown changes: each second within the hour, else each minute. */
export const nextTick = (until: string, now: number): number => {
  const left = Date.parse(until) - now;
  const shown = Math.ceil(left / second) * second;
  return shown < hour ? left - (shown - second) : left - (Math.floor(shown / minute) * minute - second);
};
