/** Asks again while the others are still hearing of it; after `within` milliseconds what it last failed with. */
export const patiently = async <Seen>(
  what: string,
  ask: () => Promise<Seen>,
  { within = 20_000, every = 200 } = {},
): Promise<Seen> => {
  const until = Date.now() + within;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`Waited ${within / 1_000} s in vain until ${what}: ${(error as Error).message}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
};
