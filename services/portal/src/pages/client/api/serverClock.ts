/** Milliseconds by which a device's own clock may be off and still be the finer one: the platform tells whole seconds. */
const near = 3_000;

type DeviceClocks = {
  /** The device's time of day, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds since the page was opened, whatever happens to the time of day. */
  readonly sinceOpened: () => number;
};

/**
 * The platform's time, by the `Date` of its answers: holds and offers end by it, whatever a phone shows. An answer out of a cache is older
 * than it seems and never newer, and a device may sleep; so of all that was heard the latest counts.
 */
export const keepServerClock = ({ now, sinceOpened }: DeviceClocks) => {
  let atOpening: number | undefined;
  return {
    heard: (date: string | null): void => {
      const told = date === null ? Number.NaN : Date.parse(date);
      if (!Number.isNaN(told)) atOpening = Math.max(atOpening ?? -Infinity, told - sinceOpened());
    },
    now: (): number => {
      if (atOpening === undefined) return now();
      const platforms = atOpening + sinceOpened();
      return Math.abs(platforms - now()) < near ? now() : platforms;
    },
  };
};

const clock = keepServerClock({ now: () => Date.now(), sinceOpened: () => performance.now() });
export const { heard } = clock;
/** The platform's time, in milliseconds since the epoch. */
export const platformNow = clock.now;
