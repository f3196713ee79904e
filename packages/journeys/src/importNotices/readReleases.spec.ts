import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Read, readReleases } from './readReleases.ts';

const longest = 10_000;
/** The text in pieces of this many bytes, as a file comes. */
async function* pieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const readAll = async (text: string | Uint8Array, size = 7): Promise<Read[]> => {
  const read: Read[] = [];
  for await (const one of readReleases(pieces(text, size), longest)) read.push(one);
  return read;
};
const released = (read: readonly Read[]): unknown[] =>
  read.flatMap((one) => ('beside' in one ? [] : 'release' in one ? [one.release] : ['unreadable']));
const releasesOf = async (text: string | Uint8Array, size = 7) => released(await readAll(text, size));

const one = { ocid: 'ocds-x-1', tender: { title: 'One, with "quotes", \\ and ]}{[', lots: [{ id: 'a' }, []] } };
const two = { ocid: 'ocds-x-2', releases: 'a name only', tender: null };
const record = { ocid: 'ocds-x-3', releases: [{ url: 'x' }], compiledRelease: one };

describe('the releases of a file', () => {
  it('are found in a package, whatever stands beside them', async () => {
    for (const space of [0, 2]) {
      const text = JSON.stringify(
        { uri: 'releases', note: { releases: [5] }, version: '1.1', releases: [one, two], links: {} },
        null,
        space,
      );
      for (const size of [1, 3, 64, 10_000]) expect(await releasesOf(text, size)).toEqual([one, two]);
    }
    expect(await releasesOf(JSON.stringify({ releases: [] }))).toEqual([]);
    expect(await releasesOf(JSON.stringify({ releases: [one], records: [record] }))).toEqual([one, record]);
  });
  it('stand beside what a package says of itself, which is told by its name, once', async () => {
    const packaged = {
      uri: 'x',
      publisher: { name: 'y', releases: 'z' },
      version: '1.1',
      publicationPolicy: 'p',
      releases: [one],
    };
    const later = { releases: [two], license: 'l', publisher: 5 };
    for (const text of [JSON.stringify([packaged, later]), `${JSON.stringify(packaged)}\n${JSON.stringify(later)}`])
      for (const size of [1, 7, 10_000]) {
        const read = await readAll(text, size);
        expect(read.flatMap((each) => ('beside' in each ? [each.beside] : []))).toEqual([
          'publisher',
          'publicationPolicy',
          'license',
        ]);
        expect(released(read)).toEqual([one, two]);
      }
  });
  it('are found in a record package, a list, or alone', async () => {
    expect(await releasesOf(JSON.stringify({ records: [record] }))).toEqual([record]);
    expect(await releasesOf(JSON.stringify([one, { releases: [two] }, record, 5, 'text, more', [one]]))).toEqual([
      one,
      two,
      record,
      5,
      'text, more',
      [one],
    ]);
    expect(await releasesOf(JSON.stringify(one))).toEqual([one]);
    expect(await releasesOf(JSON.stringify(record))).toEqual([record]);
  });
  it('are found one to a line, or one after the other', async () => {
    for (const between of ['\n', '\r\n', '\n\n', '\n \n'])
      expect(await releasesOf(`${JSON.stringify(one)}${between}${JSON.stringify({ releases: [two, one] })}${between}`)).toEqual([
        one,
        two,
        one,
      ]);
    expect(await releasesOf(`${JSON.stringify(one, null, 2)}\n${JSON.stringify(two, null, 2)}`)).toEqual([one, two]);
    expect(await releasesOf(`${JSON.stringify(one)} ${JSON.stringify(two)}`)).toEqual([one, two]);
  });
  it('are the same in any encoding', async () => {
    const text = JSON.stringify([{ ocid: 'ü', tender: { title: 'Größe' } }]);
    const utf16 = new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);
    const swapped = utf16.map((_, n) => utf16[n ^ 1] ?? 0);
    const latin1 = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const encodings = [
      `\ufeff${text}`,
      text,
      latin1,
      utf16,
      swapped,
      Uint8Array.of(0xff, 0xfe, ...utf16),
      Uint8Array.of(0xfe, 0xff, ...swapped),
    ];
    for (const bytes of encodings)
      for (const size of [64, 1_000]) expect(await releasesOf(bytes, size)).toEqual(JSON.parse(text));
  });

  it('are not stopped by one that is no JSON', async () => {
    const broken = '{"ocid": "ocds-x-9", "tender": {"title": nothing, }}';
    const [good, other] = [JSON.stringify(one), JSON.stringify(two)];
    for (const text of [
      `{"releases": [${good}, ${broken}, ${other}]}`,
      `[${good},${broken},,${other},]`,
      `${good}\n${broken}\n${other}`,
    ])
      expect(await releasesOf(text)).toEqual([one, 'unreadable', two]);
    expect(await releasesOf(`${good}\n{"ocid": "breaks off, \n${other}\nnonsense\n${good}`)).toEqual([
      one,
      'unreadable',
      two,
      'unreadable',
      one,
    ]);
    expect(await releasesOf(`{"releases": [${good}, ${broken.slice(0, -2)}`)).toEqual([one, 'unreadable']);
  });
  it('are left out, with how long they are, when they are longer than is read', async () => {
    const long = JSON.stringify({ ocid: 'long', tender: { title: 'x'.repeat(3 * longest) } });
    for (const text of [
      `{"releases": [${JSON.stringify(one)}, ${long}, ${JSON.stringify(two)}]}`,
      `${JSON.stringify(one)}\n${long}\n${JSON.stringify(two)}`,
    ]) {
      const read = await readAll(text, 64);
      expect(released(read)).toEqual([one, 'unreadable', two]);
      expect(read[1]).toMatchObject({ unreadable: expect.stringContaining(String(long.length)) });
    }
  });
  it('are none in nothing', async () => {
    for (const nothing of ['', ' \n ', '\ufeff', '[]', '{"releases":[]}', '[,]']) expect(await releasesOf(nothing)).toEqual([]);
  });

  it('are what reading the whole at once would find, wherever the pieces are cut', async () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const release = fc.record({ ocid: fc.string(), tender: value }, { requiredKeys: ['ocid'] });
    const document = fc.oneof(
      fc.record({ uri: value, releases: fc.array(fc.oneof(release, value)), after: value }),
      fc.record({ records: fc.array(release) }),
      fc.array(release),
      release,
    );
    await fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 1, max: 200 }), fc.constantFrom(0, 1), async (written, size, space) => {
        const parsed = JSON.parse(JSON.stringify(written)) as { releases?: unknown[]; records?: unknown[] };
        const expected = Array.isArray(parsed) ? parsed : 'ocid' in parsed ? [parsed] : (parsed.releases ?? parsed.records);
        expect(await releasesOf(JSON.stringify(written, null, space), size)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
  it('come to an end in any rubbish, and what is whole in it is found', async () => {
    const rubbish = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\n', 'releases', 'x', '1'), { maxLength: 200 })
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(rubbish, fc.integer({ min: 1, max: 64 }), async (text, size) => {
        expect(Array.isArray(await readAll(text, size))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
