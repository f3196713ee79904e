import { type NewTender, newTender } from '@umuhuza/contracts/tenders/schemas';
import { cpvCode, id } from '@umuhuza/contracts/values';
import type { CpvVocabulary } from '../cpv/vocabulary.ts';
import { fromMajor } from './amounts.ts';
import { asText, mergeReleases } from './mergeReleases.ts';
import { type Note, type Notice, openNotice } from './notice.ts';
import { inOrder } from './processes.ts';
import { readContractPeriod, readDeadline } from './readTimes.ts';
import { repairText } from './repairText.ts';

/** The titles of the codes, as far as they are known. */
type Titles = Pick<CpvVocabulary, 'named'>;
export type ReadRelease =
  | {
      readonly ocid: string;
      readonly releaseId?: string;
      readonly terms: NewTender;
      readonly unmapped: string[];
      readonly notes: Note[];
    }
  | { readonly refused: string; readonly ocid?: string };

/**
 * The releases or records in a package, an array of packages or releases, or a single one; undefined when it is nothing of that kind.
 */
export const releasesIn = (input: unknown): readonly unknown[] | undefined => {
  // One level: an array within is no release, however deep it is nested.
  if (Array.isArray(input)) return input.flatMap((one) => (Array.isArray(one) ? [one] : (releasesIn(one) ?? [one])));
  if (!isObject(input)) return undefined;
  if ('ocid' in input) return [input];
  if (Array.isArray(input.releases)) return input.releases;
  return Array.isArray(input.records) ? input.records : undefined;
};

/** What a record says: its compiled release, else what the releases in it come to. A release is what it is. */
const releaseOf = (input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined => {
  if ('tender' in input) return input;
  if (isObject(input.compiledRelease)) return { ocid: input.ocid, ...input.compiledRelease };
  if (!Array.isArray(input.releases)) return input;
  // One that is broken is no part of what the others come to; one without a tender tells of dates and tags.
  const releases = input.releases
    .filter(isObject)
    .filter(({ tender, ocid }) => isObject(tender) || (tender === undefined && ocid !== undefined));
  const tells = releases.some((release) => isObject(release.tender));
  return tells ? { ...mergeReleases(inOrder(releases)), ...ocidOf(input) } : undefined;
};
/** What a record says beside its releases and what they come to. */
const besideRecord = (input: Readonly<Record<string, unknown>>): string[] =>
  'tender' in input || !(isObject(input.compiledRelease) || Array.isArray(input.releases))
    ? []
    : Object.keys(input).filter((name) => !['ocid', 'releases', 'compiledRelease'].includes(name) && input[name] !== null);

/**
 * Reads a release of OCDS 1.0 or 1.1, or a record, as the terms of a draft. A deadline or a start that has passed at this instant is kept
 * out.
 */
export const readRelease = (input: unknown, at: string, titles: Titles): ReadRelease => {
  if (!isObject(input)) return { refused: 'A release is a JSON object; this is none.' };
  const release = releaseOf(input);
  if (!release) return { refused: 'This record only links to its releases; import these.', ...ocidOf(input) };
  const notice = openNotice(withOneTender(release));
  const ocid = notice.text('ocid');
  if (ocid === undefined || ocid.length > 200) return { refused: 'It has no ocid, by which a contracting process is known.' };
  if (!isObject(notice.at('tender'))) return { refused: 'It has no tender section.', ocid };
  // These describe the release, not what is wanted.
  for (const name of ['ocid', 'id', 'date', 'tag', 'initiationType']) notice.take(name);

  const notes: Note[] = [];
  const title = readTitle(notice, notes);
  if (title === undefined) return { refused: 'Its tender has neither a title nor a description.', ocid };
  const terms = {
    title,
    ...defined({ description: readText(notice, notes, 20_000, 'tender', 'description') }),
    cpv: readCpv(notice, titles),
    ...readLots(notice, notes),
    ...readValue(notice, notes),
    ...readCriteria(notice),
    ...defined({ deadline: readDeadline(notice, notes, at) }),
    ...readContractPeriod(notice, notes, at),
  };
  const parsed = newTender.safeParse(terms);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
    return { refused: `It cannot become a tender here. ${wrong.join('; ')}`, ocid };
  }
  const releaseId = notice.text('id');
  return {
    ocid,
    ...(releaseId === undefined || releaseId.length > 200 ? {} : { releaseId }),
    terms: parsed.data,
    unmapped: notice.unmapped(besideRecord(input)),
    notes,
  };
};

const ocidOf = ({ ocid }: Readonly<Record<string, unknown>>): { readonly ocid?: string } =>
  typeof ocid === 'string' && ocid.length <= 200 ? { ocid } : {};

/** Some write the one tender of a release as a list of one. */
const withOneTender = (release: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { tender } = release;
  return Array.isArray(tender) && tender.length === 1 ? { ...release, tender: tender[0] as unknown } : release;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const defined = <T extends Record<string, unknown>>(fields: T): { [Key in keyof T]?: NonNullable<T[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const readText = (notice: Notice, notes: Note[], max: number, ...steps: (string | number)[]): string | undefined => {
  const given = notice.text(...steps);
  if (given === undefined) return undefined;
  notice.take(...steps);
  const path = steps.join('/');
  const repaired = repairText(given);
  if (repaired !== given.replace(/\r\n?/g, '\n').trim())
    notes.push({ path, note: 'Characters or line ends broken by an earlier conversion were mended.' });
  if (repaired.length <= max) return repaired;
  notes.push({ path, note: `Shortened from ${repaired.length} to ${max} characters.` });
  return `${repaired.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
};

const readTitle = (notice: Notice, notes: Note[]): string | undefined => {
  const title = readText(notice, notes, 300, 'tender', 'title')?.replace(/\s+/g, ' ');
  if (title) return title;
  const [line = ''] = repairText(notice.text('tender', 'description') ?? '').split('\n');
  if (line === '') return undefined;
  notes.push({ path: 'tender/title', note: 'It was missing; the beginning of the description stands in for it.' });
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
};

/** CPV codes wherever OCDS has classifications: on the tender by an extension, on its items in the core. */
const readCpv = (notice: Notice, titles: Titles): string[] => {
  const found = new Set<string>();
  const read = (...steps: (string | number)[]) => {
    const scheme = notice.text(...steps, 'scheme');
    const code = asText(notice.at(...steps, 'id')).replace(/^(\d{8})-\d$/, '$1');
    if (scheme?.toUpperCase() !== 'CPV' || !cpvCode.safeParse(code).success || found.size >= 30) return;
    found.add(code);
    for (const name of ['scheme', 'id']) notice.take(...steps, name);
    // The code stands for its own title; what else is said of it has no place.
    const official = Object.values(titles.named(code)?.titles ?? {}).map(inOneLine);
    if (official.includes(inOneLine(notice.text(...steps, 'description') ?? ''))) notice.take(...steps, 'description');
  };
  const readAll = (...steps: (string | number)[]) => {
    read(...steps, 'classification');
    notice.list(...steps, 'additionalClassifications').forEach((_, n) => {
      read(...steps, 'additionalClassifications', n);
    });
  };
  readAll('tender');
  notice.list('tender', 'items').forEach((_, n) => {
    readAll('tender', 'items', n);
  });
  return [...found];
};

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

const readLots = (notice: Notice, notes: Note[]): Pick<NewTender, 'lots'> => {
  const lots = notice.list('tender', 'lots');
  if (lots.length > 50) {
    notes.push({
      path: 'tender/lots',
      note: `A tender here has at most 50 lots, this notice has ${lots.length}; none was taken.`,
    });
    return {};
  }
  const taken = new Set<string>();
  const read = lots.flatMap((lot, n) => {
    if (!isObject(lot)) {
      notes.push({ path: `tender/lots/${n}`, note: 'Nothing is said of this lot; it was left out.' });
      return [];
    }
    const given = id.safeParse(notice.text('tender', 'lots', n, 'id'));
    const isTwice = given.success && taken.has(given.data);
    if (isTwice)
      notes.push({ path: `tender/lots/${n}/id`, note: `Another lot has the id ${given.data}; this one gets one of its own.` });
    if (given.success) {
      taken.add(given.data);
      notice.take('tender', 'lots', n, 'id');
    }
    const description = readText(notice, notes, 5_000, 'tender', 'lots', n, 'description');
    const title = readText(notice, notes, 300, 'tender', 'lots', n, 'title')?.replace(/\s+/g, ' ');
    return {
      ...(given.success && !isTwice ? { id: given.data } : {}),
      title: title || `Lot ${n + 1}`,
      description: description ?? '',
    };
  });
  return read.length > 0 ? { lots: read } : {};
};

const readValue = (notice: Notice, notes: Note[]): Pick<NewTender, 'currency' | 'budget' | 'showBudget'> => {
  const currency = notice.text('tender', 'value', 'currency');
  if (currency === undefined || !newTender.shape.currency.safeParse(currency).success) return {};
  notice.take('tender', 'value', 'currency');
  const amount = notice.at('tender', 'value', 'amount');
  const said = typeof amount === 'string' ? amount.trim() : amount;
  const number = typeof said === 'string' && /^\d{1,15}(\.\d{1,4})?$/.test(said) ? Number(said) : said;
  const budget = typeof number === 'number' && number > 0 ? fromMajor(number, currency) : undefined;
  if (!budget) {
    const shown = typeof said === 'number' || typeof said === 'string' ? `“${String(said).slice(0, 40)}”` : 'This';
    if (amount !== undefined)
      notes.push({ path: 'tender/value/amount', note: `${shown} is no amount of ${currency}; it was kept out.` });
    return { currency };
  }
  if (typeof amount === 'string')
    notes.push({ path: 'tender/value/amount', note: `It was written as a text: ${amount.trim()}.` });
  notice.take('tender', 'value', 'amount');
  // The notice has shown it to everybody already.
  return { currency, budget, showBudget: true };
};

/** Only a single price criterion says enough to be a criterion here; OCDS has no weights in its core. */
const readCriteria = (notice: Notice): Pick<NewTender, 'criteria'> => {
  if (!['priceOnly', 'costOnly', 'lowestCost'].includes(notice.text('tender', 'awardCriteria') ?? '')) return {};
  notice.take('tender', 'awardCriteria');
  return { criteria: [{ id: 'price', name: 'Price', weight: 100, kind: 'price' }] };
};
