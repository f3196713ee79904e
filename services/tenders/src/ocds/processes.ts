import { asText, mergeReleases } from './mergeReleases.ts';
import { readExactInstant } from './readTimes.ts';

type Json = Readonly<Record<string, unknown>>;

/** What one contracting process is told by, and in which places of the import. */
export type Process = { readonly release: unknown; readonly places: readonly number[] };

/**
 * The releases that tell of the same process put together in the order of their dates: a notice, its amendments and its awards are releases of
 * their own. What is no release by itself (a record, a release without an ocid or with a broken tender section) stays alone.
 */
export const processesIn = (found: readonly unknown[]): Process[] => {
  const together = new Map<string | symbol, { release: Json; place: number }[]>();
  const alone: Process[] = [];
  for (const [place, release] of found.entries()) {
    if (!isPart(release)) alone.push({ release, places: [place] });
    else together.set(release.ocid, [...(together.get(release.ocid) ?? []), { release, place }]);
  }
  const merged = [...together.values()].map((parts): Process => {
    const releases = parts.map(({ release }) => release);
    const [first] = releases;
    return { release: releases.length > 1 ? mergeReleases(inOrder(releases)) : first, places: parts.map(({ place }) => place) };
  });
  return [...alone, ...merged].sort((one, other) => (one.places[0] ?? 0) - (other.places[0] ?? 0));
};

/**
 * By their dates, instants as these, whatever their zone; those of the same one, or of none, as they stand. A day alone, or what is no date, stands
 * where its text does among instants in UTC.
 */
export const inOrder = (releases: readonly Json[]): Json[] =>
  releases
    .map((release) => ({ release, date: readExactInstant(release.date) ?? asText(release.date) }))
    .sort(({ date: one }, { date: other }) => (one < other ? -1 : one > other ? 1 : 0))
    .map(({ release }) => release);

const isPart = (value: unknown): value is Json & { readonly ocid: string } =>
  isObject(value) &&
  typeof value.ocid === 'string' &&
  !isObject(value.compiledRelease) &&
  !Array.isArray(value.releases) &&
  (value.tender === undefined || isObject(value.tender));

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);

/** They say of the package where and when it was made, nothing of what is wanted. */
const ofPackage: ReadonlySet<string> = new Set(['releases', 'records', 'uri', 'version', 'publishedDate']);

/** The names of what packages say beside their releases. */
export const besideReleases = (input: unknown): string[] => {
  const packages = Array.isArray(input) ? input : [input];
  const names = packages
    .filter(isObject)
    .filter((one) => !('ocid' in one))
    .flatMap((one) => Object.keys(one).filter((name) => !ofPackage.has(name) && one[name] !== null));
  return [...new Set(names)].slice(0, mostNames).map((name) => name.slice(0, longestName));
};
const mostNames = 50;
const longestName = 100;
