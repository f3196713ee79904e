import type { Outcome } from './sendReleases.ts';

const kinds = {
  created: 'became drafts',
  'already-there': 'were there already',
  refused: 'were refused',
  unreadable: 'could not be read',
} as const satisfies Record<Exclude<Outcome['outcome'], 'beside'>, string>;
/** Of kinds of paths and of reasons; a file with more is too strange to be summed up. */
const mostKinds = 1_000;
const shown = 15;

const instants = /\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g;
/** Places in lists are told as one. */
const general = (path: string): string => path.replace(/(?<=^|\/)\d+(?=\/|$)/g, '*');

/** Counts what became of releases, and what a tender has no place for. */
export const tally = () => {
  const outcomes = new Map<Outcome['outcome'], number>();
  const paths = new Map<string, number>();
  const reasons = new Map<string, number>();
  const notes = new Map<string, number>();
  const count = (counted: Map<string, number>, name: string) => {
    if (counted.has(name) || counted.size < mostKinds) counted.set(name, (counted.get(name) ?? 0) + 1);
  };
  const of = (outcome: Outcome['outcome']) => outcomes.get(outcome) ?? 0;
  const all = () => [...outcomes.values()].reduce((sum, one) => sum + one, 0);
  const mostOften = (counted: ReadonlyMap<string, number>) =>
    [...counted]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, shown)
      .map(([name, n]) => `  ${String(n).padStart(7)} × ${name}`);

  return {
    of,
    all,
    add: (outcome: Outcome) => {
      if (outcome.outcome !== 'beside') outcomes.set(outcome.outcome, of(outcome.outcome) + 1);
      for (const path of new Set(outcome.unmapped.map(general))) count(paths, path);
      // An instant or a number is another one in each release; what is said of it is the same.
      for (const { path, note } of 'notes' in outcome ? outcome.notes : [])
        count(notes, `${general(path)}: ${note.replace(instants, '…')}`);
      if (outcome.outcome === 'unreadable') count(reasons, outcome.why);
      if (outcome.outcome === 'refused') count(reasons, outcome.refusal?.detail ?? 'no reason');
    },
    summary: () =>
      [
        `${all()} releases: ${Object.entries(kinds)
          .map(([outcome, said]) => `${of(outcome as Outcome['outcome'])} ${said}`)
          .join(', ')}.`,
        ...(reasons.size > 0 ? ['Why not, most often:', ...mostOften(reasons)] : []),
        ...(notes.size > 0
          ? ['What was taken over, but not as it was, or has to be looked at, most often:', ...mostOften(notes)]
          : []),
        ...(paths.size > 0
          ? ['What a tender has no place for, most often (all of it is in the report):', ...mostOften(paths)]
          : []),
      ].join('\n'),
  };
};
