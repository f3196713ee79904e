import type { ImportedRelease } from '@umuhuza/contracts/tenders/schemas';

/** What is said of how something was taken, where that is not as it stands there. */
export type Note = ImportedRelease['notes'][number];

/** A step into a notice: a field, or a place in a list. */
type Step = string | number;

/** An answer lists no more paths than a person reads, and is remembered with the tender for a week. */
const mostPaths = 200;
const longestPath = 300;

const shortened = (path: string): string => (path.length > longestPath ? `${path.slice(0, longestPath - 1)}…` : path);

const brief = (paths: readonly string[]): string[] => {
  if (paths.length <= mostPaths) return [...paths];
  const starred = [...new Set(paths.map((path) => path.replace(/(?<=^|\/)\d+(?=\/|$)/g, '*')))];
  return starred.length <= mostPaths
    ? starred
    : [...starred.slice(0, mostPaths - 1), `… and ${starred.length - mostPaths + 1} more`];
};

/**
 * A foreign document that remembers what was taken from it, so that what was not can be listed instead of being dropped silently.
 */
export const openNotice = (document: Readonly<Record<string, unknown>>) => {
  const taken = new Set<string>();
  /** Above something that was taken. */
  const touched = new Set<string>();
  const pathOf = (steps: readonly Step[]) => steps.join('/');
  const at = (steps: readonly Step[]): unknown =>
    steps.reduce<unknown>(
      (value, step) =>
        value !== null && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, step)?.value : undefined,
      document,
    );

  const take = (...steps: readonly Step[]): void => {
    taken.add(pathOf(steps));
    steps.forEach((_, depth) => {
      touched.add(pathOf(steps.slice(0, depth)));
    });
  };
  const unmapped = (value: unknown, steps: readonly Step[]): string[] => {
    if (value === null || taken.has(pathOf(steps))) return [];
    const inner = typeof value === 'object' ? Object.entries(value) : [];
    return touched.has(pathOf(steps))
      ? inner.flatMap(([name, one]) => unmapped(one, [...steps, name]))
      : [shortened(pathOf(steps))];
  };

  return {
    /** The value there, not taken yet. */
    at: (...steps: readonly Step[]) => at(steps),
    text: (...steps: readonly Step[]): string | undefined => {
      const value = at(steps);
      return typeof value === 'string' && value.trim() !== '' ? value : undefined;
    },
    list: (...steps: readonly Step[]): readonly unknown[] => {
      const value = at(steps);
      return Array.isArray(value) ? value : [];
    },
    /** Says that the value there, with all in it, found its place. */
    take,
    /**
     * The paths of all that did not, each as high up as nothing below was taken. Nulls say nothing and are not listed. Where there are
     * very many, places in lists are told as one, with a star. `beside`: what stands beside the document.
     */
    unmapped: (beside: readonly string[] = []): string[] => brief([...unmapped(document, []), ...beside.map(shortened)]),
  };
};
export type Notice = ReturnType<typeof openNotice>;
