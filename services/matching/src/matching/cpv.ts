/**
 * The Common Procurement Vocabulary is a tree written into eight digits: division (2), group (3), class (4), category (5), then up to
 * three finer steps; zeros at the end mean that a code stops there. Source: Regulation (EC) No 2195/2002 as amended by 213/2008.
 */
export const depthOf = (code: string): number => Math.max(2, code.replace(/0+$/, '').length);

/** How many leading digits two codes share. */
export const sharedDigits = (a: string, b: string): number => {
  let n = 0;
  while (n < 8 && a[n] === b[n]) n++;
  return n;
};

/**
 * How near an offered code comes to an asked one, 0 to 1: 1 when it is the same or lies below it in the tree; less with every level
 * at which they part, by the square, because the upper levels take in most of what IT companies do; 0 in another division.
 */
export const nearness = (asked: string, offered: string): number => {
  const shared = sharedDigits(asked, offered);
  const depth = depthOf(asked);
  if (shared >= depth) return 1;
  return shared < 2 ? 0 : ((shared - 1) / (depth - 1)) ** 2;
};

/** How near the nearest of several comes. */
export const nearest = (asked: string, offered: readonly string[]): number => {
  let best = 0;
  for (const code of offered) {
    const near = nearness(asked, code);
    if (near === 1) return 1;
    if (near > best) best = near;
  }
  return best;
};

/** In common when both lie in one group, or one of them names the whole division in which the other lies. */
export const inCommon = (asked: string, offered: string): boolean =>
  sharedDigits(asked, offered) >= Math.min(3, depthOf(asked), depthOf(offered));

/** Where a firm that offers this code is found: by its group, or with those that offer a whole division. */
export const shelfOf = (offered: string): string =>
  depthOf(offered) === 2 ? `all of ${offered.slice(0, 2)}` : `in ${offered.slice(0, 3)}`;

/** Where firms are found whose codes have this one in common: together exactly those for which `inCommon` holds. */
export const shelvesFor = (asked: string): readonly string[] => {
  const division = asked.slice(0, 2);
  const groups = depthOf(asked) === 2 ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => division + n) : [asked.slice(0, 3)];
  return [`all of ${division}`, ...groups.map((group) => `in ${group}`)];
};
