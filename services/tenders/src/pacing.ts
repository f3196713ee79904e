/**
 * Lets so many begin in so many milliseconds, in the order they came; others wait for their turn. A turn ends by time alone: work that
 * hangs keeps nobody waiting.
 */
export const pacing = (most: number, milliseconds: number): (() => Promise<void>) => {
  let turns = most;
  const waiting: (() => void)[] = [];
  const pass = (): void => {
    const next = waiting.shift();
    if (!next) {
      turns += 1;
      return;
    }
    setTimeout(pass, milliseconds).unref();
    next();
  };
  return () => {
    if (turns === 0) return new Promise((resolve) => waiting.push(resolve));
    turns -= 1;
    setTimeout(pass, milliseconds).unref();
    return Promise.resolve();
  };
};
