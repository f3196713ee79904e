import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, Refused } from '../api/answers.ts';
import { createAutosave, type KeptTyping, type Version } from './autosave.ts';

type Fields = { readonly title: string; readonly text: string };
const first: Version<Fields> = { fields: { title: 'A portal', text: '' }, etag: '"1"' };
const refused = (status: number) => new Refused({ type: '/problems/x', title: 'x', status, detail: '', instance: '' });

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A server that holds one document, and can be away. */
const begin = (more: { kept?: KeptTyping<Fields>; isAutomatic?: boolean; now?: Version<Fields> } = {}) => {
  const server = { now: more.now ?? first, saves: [] as Partial<Fields>[], fails: [] as Error[] };
  let kept = more.kept;
  const autosave = createAutosave<Fields>({
    first: server.now,
    kept,
    keep: (typing) => {
      kept = typing;
    },
    save: async (typed, _values, etag) => {
      const failure = server.fails.shift();
      if (failure) throw failure;
      if (etag !== server.now.etag) throw refused(412);
      server.saves.push(typed);
      server.now = { fields: { ...server.now.fields, ...typed }, etag: `"${server.saves.length + 1}"` };
      return server.now;
    },
    readAgain: async () => server.now,
    isWhole: (name, value) => name !== 'title' || value !== '',
    isAutomatic: more.isAutomatic ?? true,
  });
  autosave.start();
  return { autosave, server, kept: () => kept, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
};

describe('a form that saves itself', () => {
  it('keeps what is typed on the device at once, and on the server after a pause', async () => {
    const { autosave, server, kept, pass } = begin();
    autosave.set({ title: 'My portal' });
    autosave.set({ text: 'Hello' });
    expect(kept()?.typed).toEqual({ title: 'My portal', text: 'Hello' });
    expect(autosave.state().status).toBe('typed');
    await pass(1_300);
    expect(server.saves).toEqual([{ title: 'My portal', text: 'Hello' }]);
    expect(autosave.state()).toMatchObject({ status: 'saved', values: { title: 'My portal', text: 'Hello' }, unsaved: [] });
    expect(kept()).toBeUndefined();
  });

  it('does not change what is shown while somebody goes on typing', async () => {
    const { autosave, server, pass } = begin();
    autosave.set({ text: 'Hello ' });
    server.fails = [];
    await pass(1_300);
    server.now = { ...server.now, fields: { ...server.now.fields, text: 'Hello' } };
    expect(autosave.state().values.text).toBe('Hello ');
  });

  it('waits out a lost connection, and saves once it is back', async () => {
    const { autosave, server, kept, pass } = begin();
    server.fails = [new ConnectionLost(), new ConnectionLost()];
    autosave.set({ text: 'Typed in a tunnel' });
    await pass(1_300);
    expect(autosave.state()).toMatchObject({ status: 'offline', error: undefined });
    expect(kept()?.typed).toEqual({ text: 'Typed in a tunnel' });
    await pass(10_000);
    expect(server.now.fields.text).toBe('Typed in a tunnel');
    expect(autosave.state().status).toBe('saved');
  });

  it('has what was typed again after the page was lost, and saves it', async () => {
    const { autosave, server, pass } = begin({ kept: { typed: { text: 'Kept' }, read: { text: '' }, etag: '"1"' } });
    expect(autosave.state()).toMatchObject({ status: 'typed', values: { title: 'A portal', text: 'Kept' } });
    await pass(10);
    expect(server.saves).toEqual([{ text: 'Kept' }]);
  });

  it('keeps what is half typed on the device, and saves the rest', async () => {
    const { autosave, server, kept, pass } = begin();
    autosave.set({ title: '' });
    autosave.set({ text: 'More' });
    await pass(1_300);
    expect(server.saves).toEqual([{ text: 'More' }]);
    expect(kept()?.typed).toEqual({ title: '' });
    expect(autosave.state()).toMatchObject({ status: 'typed', unsaved: ['title'] });
  });

  it('shows a refusal, and tries again with the next thing typed', async () => {
    const { autosave, server, pass } = begin();
    server.fails = [refused(400)];
    autosave.set({ text: 'Wrong' });
    await pass(60_000);
    expect(autosave.state()).toMatchObject({ status: 'refused', error: { problem: { status: 400 } } });
    expect(server.saves).toEqual([]);
    autosave.set({ text: 'Right' });
    await pass(1_300);
    expect(autosave.state()).toMatchObject({ status: 'saved', error: undefined });
  });

  it('is saved only when told where it is not automatic', async () => {
    const { autosave, server, pass } = begin({ isAutomatic: false });
    autosave.set({ text: 'An amendment' });
    await pass(60_000);
    expect(server.saves).toEqual([]);
    expect(await autosave.flush()).toBe(true);
    expect(server.saves).toEqual([{ text: 'An amendment' }]);
  });
});

describe('somebody else who saved meanwhile', () => {
  it('is taken over where it concerns something else', async () => {
    const { autosave, server, pass } = begin();
    server.now = { fields: { title: 'Theirs', text: '' }, etag: '"other"' };
    autosave.set({ text: 'Mine' });
    await pass(1_300);
    expect(server.now.fields).toEqual({ title: 'Theirs', text: 'Mine' });
    expect(autosave.state()).toMatchObject({ status: 'saved', values: { title: 'Theirs', text: 'Mine' } });
  });

  it('is shown where both changed the same, and nothing is overwritten before it is decided', async () => {
    const { autosave, server, kept, pass } = begin();
    server.now = { fields: { title: 'Theirs', text: '' }, etag: '"other"' };
    autosave.set({ title: 'Mine' });
    await pass(60_000);
    expect(autosave.state()).toMatchObject({ status: 'disputed', meanwhile: { disputed: ['title'], others: [] } });
    expect(autosave.state().values.title).toBe('Mine');
    expect(kept()?.typed).toEqual({ title: 'Mine' });
    expect(server.saves).toEqual([]);
    autosave.keepMine();
    await pass(10);
    expect(server.now.fields.title).toBe('Mine');
  });

  it('counts where one takes theirs, and the rest stays typed', async () => {
    const { autosave, server, pass } = begin();
    server.now = { fields: { title: 'Theirs', text: '' }, etag: '"other"' };
    autosave.set({ title: 'Mine', text: 'More' });
    await pass(1_300);
    autosave.takeTheirs();
    await pass(10);
    expect(server.now.fields).toEqual({ title: 'Theirs', text: 'More' });
    expect(autosave.state()).toMatchObject({ status: 'saved', values: { title: 'Theirs', text: 'More' } });
  });

  it('is seen also by what was kept from before the page was lost', () => {
    const now = { fields: { title: 'Theirs', text: '' }, etag: '"other"' };
    const { autosave } = begin({ now, kept: { typed: { title: 'Mine' }, read: { title: 'A portal' }, etag: '"1"' } });
    expect(autosave.state()).toMatchObject({ status: 'disputed', values: { title: 'Mine' } });
  });
});
