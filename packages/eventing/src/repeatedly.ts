export type Repetition = {
  /** Does not wait out the pause. */
  readonly wake: () => void;
  /** Ends when the work under way has. */
  readonly stop: () => Promise<void>;
};

/** Does the work at once and then again and again, `pause` milliseconds after it ended or when woken. The work must not throw. */
export const repeatedly = (pause: number, work: (isStopped: () => boolean) => Promise<unknown>): Repetition => {
  let stopped = false;
  let woken = false;
  let endPause: () => void = () => undefined;
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, woken || stopped ? 0 : pause);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const working = (async () => {
    while (!stopped) {
      woken = false;
      await work(() => stopped);
      await rest();
    }
  })();
  const wake = () => {
    woken = true;
    endPause();
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await working;
    },
  };
};
