/**
 * Runs work of the same key one after the other, of different keys side by side, no more than `atOnce` in all. A failure ends only its
 * own work.
 */
export const keyedQueue = (atOnce = Number.POSITIVE_INFINITY) => {
  const tails = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const place = (): Promise<void> | undefined => {
    if (running < atOnce) {
      running += 1;
      return undefined;
    }
    // Its place is handed over by the one that ends, so that nobody slips in between.
    return new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const placed = async () => {
      await place();
      try {
        return await work();
      } finally {
        giveBack();
      }
    };
    const run = atOnce === Number.POSITIVE_INFINITY ? work : placed;
    const mine = (tails.get(key) ?? Promise.resolve()).then(run, run);
    tails.set(key, mine);
    const leave = () => {
      if (tails.get(key) === mine) tails.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
};
