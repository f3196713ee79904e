/** A score of 1, in points. Points are integers, so that the sum of the reasons is the score exactly. */
export const whole = 10_000;

/**
 * What counts how much, in points of a score in which everything is asked. What a tender does not ask does not count, and its weight
 * goes to the rest in proportion. Nothing here can be bought: no payment, no plan, no age on the platform, no size of a name.
 */
export const weights = {
  /** Whether the firm can do the work at all decides most; CPV codes and skills share it equally when both are asked. */
  capabilities: 4_000,
  /** Whoever cannot talk to each other cannot work together, however skilled. */
  languages: 1_200,
  /** Questions answered the same day: the advantage of neighbouring time zones, lost when the hours do not meet. */
  workingHours: 1_000,
  /** Knowing the trade shortens the work, but can be learned. */
  sectors: 800,
  /** What others confirmed tells more than what a firm says; held low enough that a new firm with the right skills stays ahead. */
  verifiedReferences: 700,
  /** A cooperation lasts when both get what they look for, so the firm's own wishes count too. */
  wishes: 700,
  /** A rate the budget cannot pay ends in a bid that is never made. */
  rate: 600,
  /** A team too small for what the budget pays cannot deliver alone, but may team up. */
  size: 400,
  /** Weaker than references: a certificate tells of a process, not of this work. */
  certificates: 300,
  /** Dates move more easily than anything else here. */
  availability: 300,
} as const;

/** From this on a firm is told of a tender: below two fifths of what counts, a message would be noise. */
export const tellFrom = 4_000;

/** How many firms are told when a tender is published. */
export const toldAtOnce = 20;

/** Hours of the working day two teams should share when the tender does not say: half a day. */
export const usualOverlap = 4;

/** Working days of a month, to set a budget against day rates. */
export const workingDaysOfMonth = 20;

/** Parts of a total by weight, in integers that add up to it: the largest remainders get what rounding left, the earlier first. */
export const divide = (total: number, by: readonly number[]): number[] => {
  const sum = by.reduce((a, b) => a + b, 0);
  if (sum === 0) return by.map(() => 0);
  const exact = by.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  exact
    .map((value, n) => ({ n, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n)
    .slice(0, left)
    .forEach(({ n }) => {
      parts[n] = (parts[n] ?? 0) + 1;
    });
  return parts;
};
