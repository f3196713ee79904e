/** Looks again until it no longer throws, and gives back what it saw; throws the last failure after `within` milliseconds. */
export const eventually = async <Seen>(look: () => Seen | Promise<Seen>, { within = 30_000, every = 25 } = {}): Promise<Seen> => {
  const until = Date.now() + within;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
};
