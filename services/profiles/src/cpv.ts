/**
 * The Common Procurement Vocabulary is a tree written into eight digits: a division has two of them, each finer step one more; zeros at the
 * end mean that a code stops there. Source: Regulation (EC) No 2195/2002 as amended by 213/2008.
 */
const branchOf = (code: string): string => code.replace(/0+$/, '').padEnd(2, '0');

export type Related = {
  /** What the code itself and all below it begin with. */
  readonly below: string;
  /** The codes above it. */
  readonly above: readonly string[];
};

/** What somebody who looks for a code is served by: what lies below it, and what takes all of it in. */
export const relatedTo = (code: string): Related => {
  const below = branchOf(code);
  const lengths = Array.from({ length: Math.max(0, below.length - 2) }, (_, n) => n + 2);
  return { below, above: lengths.map((length) => below.slice(0, length).padEnd(8, '0')) };
};
