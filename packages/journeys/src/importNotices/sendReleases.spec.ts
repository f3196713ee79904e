import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Read, readReleases } from './readReleases.ts';
import { type Outcome, sendReleases } from './sendReleases.ts';
import { tally } from './tally.ts';

type Request = { readonly body: { readonly releases: readonly unknown[] } };
const release = (n: number, padding = 0): Read => ({
  release: { ocid: `o-${n}`, padding: 'x'.repeat(padding) },
  length: padding,
});
async function* reads(...all: Read[]): AsyncGenerator<Read> {
  yield* all;
}
/** A platform that makes a draft of each, unless it has something else to say first. */
const platform = (...first: { status: number; headers?: Headers; body?: unknown }[]) => {
  const asked: number[] = [];
  const importReleases = async ({ body }: Request) => {
    asked.push(body.releases.length);
    const other = first.shift();
    if (other) return { headers: new Headers(), body: undefined, ...other };
    const releases = body.releases.map((_, index) => ({
      index,
      outcome: 'created' as const,
      unmapped: ['parties/0/id'],
      notes: [{ path: `tender/lots/${index}`, note: `The deadline 2025-01-0${(index % 9) + 1}T12:00:00.000Z has passed.` }],
    }));
    return { status: 200, headers: new Headers(), body: { created: releases.length, alreadyThere: 0, refused: 0, releases } };
  };
  return { asked, tenders: { importReleases } as never };
};
const pauses: number[] = [];
const send = async (tenders: never, ...all: Read[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  for await (const outcome of sendReleases(tenders, reads(...all), pause)) outcomes.push(outcome);
  return outcomes;
};

describe('sending releases', () => {
  it('goes some at a time, and tells what became of each in its place', async () => {
    const { asked, tenders } = platform();
    const outcomes = await send(tenders, ...Array.from({ length: 250 }, (_, n) => release(n)));
    expect(asked).toEqual([100, 100, 50]);
    expect(outcomes.map(({ place }) => place)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  });
  it('sends no more at once than a request takes', async () => {
    const { asked, tenders } = platform();
    await send(tenders, release(1, 3_000_000), release(2, 3_000_000), release(3), release(4, 4_500_000));
    expect(asked).toEqual([1, 2, 1]);
  });
  it('goes on past what cannot be read', async () => {
    const { tenders } = platform();
    const outcomes = await send(tenders, release(1), { unreadable: 'It is not JSON.' }, release(3));
    expect(outcomes.sort((a, b) => a.place - b.place)).toMatchObject([
      { place: 1, outcome: 'created' },
      { place: 2, outcome: 'unreadable', why: 'It is not JSON.' },
      { place: 3, outcome: 'created' },
    ]);
  });
  it('tells what a package says beside its releases, and counts it as no release', async () => {
    const { tenders } = platform();
    const outcomes = await send(tenders, { beside: 'publisher' }, release(1), { beside: 'license' });
    const counts = tally();
    for (const outcome of outcomes) counts.add(outcome);
    expect(outcomes).toContainEqual({ place: 1, outcome: 'beside', unmapped: ['publisher'] });
    expect(counts.all()).toBe(1);
    expect(counts.summary()).toMatch(/1 × license[\s\S]*1 × publisher/);
  });
  it('waits when there were too many, as long as the platform says', async () => {
    const { asked, tenders } = platform({ status: 429, headers: new Headers({ 'retry-after': '7' }) }, { status: 429 });
    expect(await send(tenders, release(1))).toHaveLength(1);
    expect(asked).toEqual([1, 1, 1]);
    expect(pauses).toEqual([7_000, 5_000]);
  });
  it('says of one that is too large for a request that it is, and stops at any other refusal', async () => {
    expect(await send(platform({ status: 413 }).tenders, release(1))).toMatchObject([{ outcome: 'unreadable' }]);
    await expect(send(platform({ status: 403, body: { title: 'No' } }).tenders, release(1))).rejects.toThrow('403');
  });
});

describe('the summary of an import', () => {
  it('counts outcomes, reasons and what has no place', () => {
    const counts = tally();
    for (const place of [1, 2])
      counts.add({
        place,
        outcome: 'created',
        unmapped: [`parties/${place}/id`, 'parties/9/id'],
        notes: [{ path: `tender/lots/${place}`, note: `The deadline 2025-01-0${place}T12:00:00.000Z has passed.` }],
      });
    counts.add({
      place: 3,
      outcome: 'refused',
      unmapped: [],
      notes: [],
      refusal: { type: '/problems/not-ocds', detail: 'No ocid.' },
    });
    counts.add({ place: 4, outcome: 'unreadable', unmapped: [], why: 'Not JSON.' });
    expect(counts.summary()).toContain('4 releases: 2 became drafts, 0 were there already, 1 were refused, 1 could not be read.');
    expect(counts.summary()).toContain('2 × parties/*/id');
    expect(counts.summary()).toContain('2 × tender/lots/*: The deadline … has passed.');
    expect(counts.summary()).toContain('1 × No ocid.');
  });
});

describe('ten thousand releases', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const live = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const count = 10_000;
  const characters = 200;
  async function* file(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"releases":[');
    for (let n = 0; n < count; n++)
      yield Buffer.from(`${n === 0 ? '' : ','}${JSON.stringify({ ocid: `o-${n}`, title: `${n} `.repeat(characters / 5) })}`);
    yield Buffer.from(']}');
  }

  it('take no more memory than a thousand: neither what was read nor what was said of it is kept', async () => {
    const { tenders } = platform();
    const counts = tally();
    const at: Record<number, number> = {};
    for await (const outcome of sendReleases(tenders, readReleases(file(), 5_000_000), async () => undefined)) {
      counts.add(outcome);
      const all = counts.all();
      if (all === 1_000 || all === count) at[all] = live();
    }
    expect(counts.of('created')).toBe(count);
    // What was read of the others is several megabytes, what was said of them two.
    expect((at[count] ?? Number.NaN) - (at[1_000] ?? Number.NaN)).toBeLessThan(500_000);
  });
});
