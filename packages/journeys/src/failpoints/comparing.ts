import type { Left } from './play.ts';
import type { Document } from './stage.ts';
import type { Story } from './story.ts';

const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
const randomIds = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Lists in which the order of arrival shows, or that of random ids. */
const unordered = ['applied', 'commands', 'members'];

type Fields = Readonly<Record<string, unknown>>;
type Likeness = Pick<Story, 'opaque' | 'eitherCause'>;

/** What an event has from its cause. */
const fromCause: readonly string[] = ['id', '_id', 'causationid', 'correlationid', 'traceparent'];

/** The event's id comes from its cause; where that is time itself, it is another one each time. */
const isSaidByTime = (value: Fields): boolean => typeof value.causationid === 'string' && value.causationid.includes(':');

/**
 * The same for two runs of the same story: no instants, no random ids, no bytes, no place in a stream, and no whole text that is
 * `opaque` because a key made it that is another one each time; nor what an event of `eitherCause` has from its cause.
 */
export const lastingForm = (value: unknown, likeness: Likeness = {}): unknown => {
  const { opaque, eitherCause = [] } = likeness;
  if (value instanceof Date) return '<instant>';
  if (typeof value === 'string' && opaque?.test(value)) return '<opaque>';
  if (typeof value === 'string') return value.replaceAll(instants, '<instant>').replaceAll(randomIds, '<random>');
  if (Array.isArray(value)) return value.map((one) => lastingForm(one, likeness));
  if (value === null || typeof value !== 'object') return value;
  if ('_bsontype' in value) return `<${String(value._bsontype)}>`;
  const fields = value as Fields;
  const envelope = (fields.envelope ?? fields) as Fields;
  const leftOut = eitherCause.includes(String(envelope.type)) ? fromCause : [];
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'streamSequence' && !leftOut.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => {
        if ((name === 'id' || name === '_id') && isSaidByTime(envelope)) return [name, '<random>'];
        const lasting = lastingForm(field, likeness);
        return [name, unordered.includes(name) && Array.isArray(lasting) ? sorted(lasting) : lasting];
      }),
  );
};

const sorted = (values: readonly unknown[]): string[] => values.map((one) => JSON.stringify(one)).sort();

/** Everything that a service holds, one line a document, in an order that is the same for every run. */
export const linesOf = (
  { documents }: Pick<Left, 'documents'>,
  { lasting, ...likeness }: Pick<Story, 'lasting'> & Likeness,
): string[] =>
  Object.entries(documents)
    .flatMap(([collection, all]) =>
      all.flatMap((document: Document) => {
        const kept = lasting ? lasting(collection, document, documents) : document;
        if (kept === undefined) return [];
        // How many writes it took is no matter: of two that do the same thing, the later one may find nothing to write.
        const { version: _writes, ...lasts } = kept as Fields;
        return [`${collection} ${JSON.stringify(lastingForm(lasts, likeness))}`];
      }),
    )
    .sort();

/** What a service has said: each aggregate's events in their order. */
export const eventsOf = ({ said }: Pick<Left, 'said'>, likeness: Likeness): string[] =>
  [...Map.groupBy(said, ({ subject }) => subject)]
    .map(([subject, events]) => `${lastingForm(subject)} ${JSON.stringify(events.map((one) => lastingForm(one, likeness)))}`)
    .sort();

const only = (some: readonly string[], others: readonly string[]): string[] => {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return some.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
};

/** From where on two lines differ, with a little of what stands before it. */
const apart = (line: string, other: string | undefined): string => {
  let same = 0;
  while (other !== undefined && same < line.length && line[same] === other[same]) same += 1;
  return `${line.slice(0, 80)} … ${line.slice(Math.max(80, same - 60), same + 160)}`;
};

/** What one run has and the other has not, in words; empty as it should be. */
export const differencesOf = (disturbed: readonly string[], undisturbed: readonly string[]): string[] => {
  const [more, less] = [only(disturbed, undisturbed), only(undisturbed, disturbed)];
  return [
    ...more.map((line, n) => `killed: ${apart(line, less[n])}`),
    ...less.map((line, n) => `undisturbed: ${apart(line, more[n])}`),
  ];
};
