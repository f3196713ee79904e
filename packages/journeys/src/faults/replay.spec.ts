import { describe, expect, it } from 'vitest';
import { page, soundHistory } from './check/recorded.fixture.ts';
import type { Document, History } from './history.ts';
import { differencesBetween, forget, notHeardAgain, untilMadeAgain } from './replay.ts';

const changed = (service: string, name: string, change: (documents: readonly Document[]) => readonly Document[]): History => {
  const history = soundHistory();
  const collections = history.databases[service] ?? {};
  return {
    ...history,
    databases: { ...history.databases, [service]: { ...collections, [name]: change(collections[name] ?? []) } },
  };
};
const differences = (...some: Parameters<typeof changed>) => differencesBetween(soundHistory(), changed(...some));
const each = (some: object) => (documents: readonly Document[]) => documents.map((one) => ({ ...one, ...some }));

describe('hearing everything again', () => {
  it('changed nothing when all is as it was, wherever keys stand and whenever something was learned', () => {
    expect(differencesBetween(soundHistory(), soundHistory())).toEqual([]);
    expect(differences('matching', 'firms', each({ at: 'later' }))).toEqual([]);
    const turned = (documents: readonly Document[]) =>
      documents.map((one) => Object.fromEntries(Object.entries(one).reverse()) as Document);
    expect(differences('matching', 'tenders', turned)).toEqual([]);
  });
  it('shows of a long document what differs', () => {
    const filled = (end: string) => each({ state: { filling: 'x'.repeat(5_000), last: end } });
    const [found = ''] = differencesBetween(
      changed('tenders', 'tenders', filled('then')),
      changed('tenders', 'tenders', filled('now')),
    );
    expect(found).toMatch(/was ….+"last":"then".+ and is ….+"last":"now"/);
  });
  it('does not look at tries, sessions and keys', () => {
    expect(differences('notifications', 'parkedEvents', each({ tries: 7 }))).toEqual([]);
    expect(differences('identity', 'session', () => [{ _id: 'new' }])).toEqual([]);
  });
  it.each<[string, Parameters<typeof changed>]>([
    [
      'one notification more',
      ['notifications', 'notifications', (all) => [...all, page('more', { recipient: 'u', channel: 'inbox' })]],
    ],
    ['one notification fewer', ['notifications', 'notifications', (all) => all.slice(1)]],
    ['another state', ['tenders', 'tenders', each({ state: { status: 'draft' } })]],
    ['another memory of what was applied', ['profiles', 'profiles', each({ applied: [] })]],
    ['another projection', ['matching', 'firms', each({ profile: null })]],
    ['another audience', ['notifications', 'audiences', each({ organisations: [] })]],
    ['another end of a tender', ['notifications', 'turns', () => [{ _id: 'more', about: 't2', isOver: true }]]],
    ['one more event', ['sandbox', 'events', (all) => [...all, { _id: 'more' }]]],
    ['one more dead letter', ['tenders', 'deadLetters', () => [{ _id: 'more', error: 'no', payload: '' }]]],
    ['a collection that is gone', ['matching', 'cooperations', () => []]],
  ])('is seen to leave %s', (_what, [service, name, change]) => {
    const [found = '', ...others] = differences(service, name, change);
    expect(found).toMatch(new RegExp(`^${service}.${name}: `));
    expect(others).toEqual([]);
  });
});

describe('a consumer', () => {
  const consumer = (name: string, some: { created?: string; heard?: number; done?: number } = {}) => ({
    ...{ name, stream_name: 'SANDBOX', created: some.created ?? 'anew' },
    delivered: { consumer_seq: some.heard ?? 2, stream_seq: 2, last_active: 0 },
    ack_floor: { consumer_seq: 2, stream_seq: some.done ?? 2, last_active: 0 },
  });
  const { streams } = soundHistory();
  const before = [consumer('notifications', { created: 'before' })];
  it('has heard everything again when it is a new one that got and finished every message', () =>
    expect(notHeardAgain(before, [consumer('notifications')], streams)).toEqual([]));
  it.each([
    ['was not made again', []],
    ['is the one that was there before', [consumer('notifications', { created: 'before' })]],
    ['heard 1 of 2 messages', [consumer('notifications', { heard: 1 })]],
    ['is done with 1 of 2', [consumer('notifications', { done: 1 })]],
  ])('has not when it %s', (says, now) => expect(notHeardAgain(before, now, streams).join()).toContain(says));

  it('is deleted, of all services or of some, and waited for until it is there again, also by a broker that is slow to answer', async () => {
    let there = [consumer('matching'), consumer('notifications')];
    let looks = 0;
    const deleted: string[] = [];
    const eyes = {
      consumers: async () => {
        looks += 1;
        if (looks === 1) throw new Error('timeout');
        return there;
      },
      jsm: {
        consumers: {
          delete: async (_stream: string, name: string) => {
            deleted.push(name);
            if (deleted.length === 1) throw new Error('timeout');
            there = there.filter((one) => one.name !== name);
            setTimeout(() => there.push(consumer(name)), 20);
            return true;
          },
        },
      },
    };
    const gone = await forget(eyes, ['matching']);
    expect(deleted).toEqual(['matching', 'matching']);
    await untilMadeAgain(eyes.consumers, gone);
    expect(there).toHaveLength(2);
    await untilMadeAgain(eyes.consumers, await forget(eyes));
    expect(deleted.toSorted()).toEqual(['matching', 'matching', 'matching', 'notifications']);
  });
});
