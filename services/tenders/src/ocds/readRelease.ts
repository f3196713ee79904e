import { type ImportedRelease, type NewTender, newTender } from '@umuhuza/contracts/tenders/schemas';
import { cpvCode, id, instant } from '@umuhuza/contracts/values';
import { fromMajor } from './amounts.ts';
import { type Notice, openNotice } from './notice.ts';
import { repairText } from './repairText.ts';

type Note = ImportedRelease['notes'][number];
export type ReadRelease =
  | {
      readonly ocid: string;
      readonly releaseId?: string;
      readonly terms: NewTender;
      readonly unmapped: string[];
      readonly notes: Note[];
    }
  | { readonly refused: string; readonly ocid?: string };

/** The releases in a package, an array of packages or releases, or a single release; undefined when it is nothing of that kind. */
export const releasesIn = (input: unknown): readonly unknown[] | undefined => {
  // One level: an array within is no release, however deep it is nested.
  if (Array.isArray(input)) return input.flatMap((one) => (Array.isArray(one) ? [one] : (releasesIn(one) ?? [one])));
  if (!isObject(input)) return undefined;
  if (Array.isArray(input.releases)) return input.releases;
  return 'ocid' in input ? [input] : undefined;
};

/** Reads a release of OCDS 1.0 or 1.1 as the terms of a draft. A deadline or a start that has passed at this instant is kept out. */
export const readRelease = (release: unknown, at: string): ReadRelease => {
  if (!isObject(release)) return { refused: 'A release is a JSON object; this is none.' };
  const notice = openNotice(release);
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
    cpv: readCpv(notice),
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
    unmapped: notice.unmapped(),
    notes,
  };
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
const readCpv = (notice: Notice): string[] => {
  const found = new Set<string>();
  const read = (...steps: (string | number)[]) => {
    const scheme = notice.text(...steps, 'scheme');
    const code = String(notice.at(...steps, 'id') ?? '').replace(/^(\d{8})-\d$/, '$1');
    if (scheme?.toUpperCase() !== 'CPV' || !cpvCode.safeParse(code).success || found.size >= 30) return;
    found.add(code);
    notice.take(...steps);
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

const readLots = (notice: Notice, notes: Note[]): Pick<NewTender, 'lots'> => {
  const lots = notice.list('tender', 'lots');
  if (lots.length > 50) {
    notes.push({
      path: 'tender/lots',
      note: `A tender here has at most 50 lots, this notice has ${lots.length}; none was taken.`,
    });
    return {};
  }
  const read = lots.map((_, n) => {
    const given = id.safeParse(notice.at('tender', 'lots', n, 'id'));
    if (given.success) notice.take('tender', 'lots', n, 'id');
    const description = readText(notice, notes, 5_000, 'tender', 'lots', n, 'description');
    const title = readText(notice, notes, 300, 'tender', 'lots', n, 'title')?.replace(/\s+/g, ' ');
    return { ...(given.success ? { id: given.data } : {}), title: title || `Lot ${n + 1}`, description: description ?? '' };
  });
  return read.length > 0 ? { lots: read } : {};
};

const readValue = (notice: Notice, notes: Note[]): Pick<NewTender, 'currency' | 'budget' | 'showBudget'> => {
  const currency = notice.text('tender', 'value', 'currency');
  if (currency === undefined || !newTender.shape.currency.safeParse(currency).success) return {};
  notice.take('tender', 'value', 'currency');
  const amount = notice.at('tender', 'value', 'amount');
  const budget = typeof amount === 'number' && amount > 0 ? fromMajor(amount, currency) : undefined;
  if (!budget) {
    if (amount !== undefined)
      notes.push({
        path: 'tender/value/amount',
        note: `${JSON.stringify(amount)} is no amount of ${currency}; it was kept out.`,
      });
    return { currency };
  }
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

const readInstant = (value: unknown): string | undefined => {
  const parsed = instant.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

const readDeadline = (notice: Notice, notes: Note[], at: string): string | undefined => {
  const deadline = readInstant(notice.at('tender', 'tenderPeriod', 'endDate'));
  if (deadline === undefined) return undefined;
  notice.take('tender', 'tenderPeriod', 'endDate');
  if (Temporal.Instant.compare(deadline, at) > 0) return deadline;
  notes.push({ path: 'tender/tenderPeriod/endDate', note: `The deadline ${deadline} has passed; choose a new one.` });
  return undefined;
};

const readContractPeriod = (notice: Notice, notes: Note[], at: string): Pick<NewTender, 'startsOn' | 'durationMonths'> => {
  const steps = ['tender', 'contractPeriod'] as const;
  const start = readInstant(notice.at(...steps, 'startDate'));
  const end = readInstant(notice.at(...steps, 'endDate'));
  const days = notice.at(...steps, 'durationInDays');
  const terms: { startsOn?: string; durationMonths?: number } = {};

  if (start !== undefined) {
    notice.take(...steps, 'startDate');
    if (Temporal.Instant.compare(start, at) > 0) terms.startsOn = notice.text(...steps, 'startDate')?.slice(0, 10) ?? '';
    else notes.push({ path: 'tender/contractPeriod/startDate', note: `The start ${start} has passed; choose a new one.` });
  }
  const months =
    start !== undefined && end !== undefined
      ? inMonths(Temporal.Instant.from(start).until(end).total('days'))
      : typeof days === 'number'
        ? inMonths(days)
        : undefined;
  if (months !== undefined && months >= 1 && months <= 240) {
    terms.durationMonths = months;
    notice.take(...steps, start !== undefined && end !== undefined ? 'endDate' : 'durationInDays');
  }
  return terms;
};

/** Whole months, at least one for any time at all; OCDS counts in days. */
const inMonths = (days: number): number => (days > 0 ? Math.max(1, Math.round(days / 30.44)) : 0);
