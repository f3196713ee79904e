const lastDays = 4 * 86_400_000;

/** What is asked changes now only together with a later deadline. `now`: milliseconds since the epoch, by the platform's clock. */
export const isInLastDays = (deadline: string | undefined, now: number): boolean =>
  deadline !== undefined && now + lastDays > Date.parse(deadline);
