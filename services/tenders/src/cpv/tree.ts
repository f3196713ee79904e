/**
 * The vocabulary is a tree written into eight digits: division (2), group (3), class (4), category (5), then up to three finer steps;
 * zeros at the end mean that a code stops there. Source: Regulation (EC) No 2195/2002 as amended by 213/2008.
 */
const divisionDigits = 2;

/** The digits that a code and all below it begin with: 72 for 72000000, 72212 for 72212000; of a few digits, themselves. */
export const branchOf = (code: string): string => {
  const digits = code.replace(/0+$/, '');
  return digits.length < divisionDigits ? code.slice(0, divisionDigits) : digits;
};

/** Whether a code is the other, or lies anywhere above it. */
export const covers = (code: string, other: string): boolean => other.startsWith(branchOf(code));

/** The codes that can stand above this one, the nearest first. */
export const above = (code: string): string[] => {
  const branch = branchOf(code);
  return Array.from({ length: Math.max(0, branch.length - divisionDigits) }, (_, n) =>
    branch.slice(0, branch.length - 1 - n).padEnd(8, '0'),
  );
};
