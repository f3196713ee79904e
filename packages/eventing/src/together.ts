/** How one of those who asked together ended. */
export type Ended<Result> = { readonly value: Result } | { readonly error: unknown };

export type TogetherOptions = {
  /** How many go together at most. */
  readonly most?: number;
  /** How many rounds are under way at once. */
  readonly atOnce?: number;
};

/**
 * One round trip for all who ask within a turn of the event loop or while the rounds before are under way: each asks and is answered
 * for itself. Who is alone goes at once. `work` answers each item in its place; when it throws, all of its round hear of it.
 */
export const together = <Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Ended<Result>[]>,
  { most = 64, atOnce = 2 }: TogetherOptions = {},
): ((item: Item) => Promise<Result>) => {
  type Asked = { readonly item: Item; readonly resolve: (value: Result) => void; readonly reject: (error: unknown) => void };
  let waiting: Asked[] = [];
  let underWay = 0;
  let scheduled = false;

  const run = async (round: readonly Asked[]) => {
    underWay += 1;
    try {
      const ended = await work(round.map(({ item }) => item));
      for (const [n, { resolve, reject }] of round.entries()) {
        const mine = ended[n];
        if (mine && 'value' in mine) resolve(mine.value);
        else reject(mine ? mine.error : new Error('a round answered fewer than asked'));
      }
    } catch (error) {
      for (const { reject } of round) reject(error);
    } finally {
      underWay -= 1;
      if (waiting.length > 0) schedule();
    }
  };

  const start = () => {
    scheduled = false;
    while (waiting.length > 0 && underWay < atOnce) {
      const round = waiting.slice(0, most);
      waiting = waiting.slice(most);
      void run(round);
    }
  };

  const schedule = () => {
    if (scheduled || underWay >= atOnce) return;
    scheduled = true;
    setImmediate(start);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
};
