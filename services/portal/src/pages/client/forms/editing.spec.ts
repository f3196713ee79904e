import { describe, expect, it } from 'vitest';
import { ConnectionLost, Refused } from '../api/answers.ts';
import type { Version } from './autosave.ts';
import { afterSaving, type Conflict, isTypingLike, rebase, sendEdit } from './editing.ts';

type Fields = { readonly title: string; readonly place: string };
const empty: Fields = { title: '', place: '' };
const read: Version<Fields> = { fields: { title: 'Lab', place: 'Huye' }, etag: '"1"' };

/** A platform that has these fields by now; it takes an edit made on them, and what it adds by itself makes another tag. */
const platform = (now: Fields, { changes = 1, tags = true } = {}) => {
  let changed = changes;
  let fields = now;
  const tag = () => (tags ? `"${changed + 1}"` : read.etag);
  const said: { onRebased: unknown[]; conflicts: Conflict<Fields>[] } = { onRebased: [], conflicts: [] };
  const sent: (string | undefined)[] = [];
  const stale = new Refused({ type: '/problems/stale-version', title: '', status: 412, detail: '', instance: '' });
  return {
    said,
    sent,
    stale,
    saved: () => fields,
    edit: (values: Fields) =>
      sendEdit<Fields, Fields>({
        typing: { read, values },
        send: async (typed, etag) => {
          sent.push(etag);
          if (sent.length > 5) throw new Error('it is sent without end');
          if (etag !== `"${changed + 1}"`) throw stale;
          changed += 1;
          fields = typed;
          return fields;
        },
        readAgain: async () => ({ fields, etag: tag() }),
        onRebased: (...rebased) => said.onRebased.push(rebased),
        onConflict: (conflict) => said.conflicts.push(conflict),
      }),
  };
};

describe('sending an edit of all fields', () => {
  it('names what it was made on', async () => {
    const { edit, sent, saved } = platform(read.fields, { changes: 0 });
    await edit({ title: 'Lab 2', place: 'Huye' });
    expect(sent).toEqual(['"1"']);
    expect(saved()).toEqual({ title: 'Lab 2', place: 'Huye' });
  });

  it('is sent again where only the platform added something, which no field shows', async () => {
    const { edit, sent, said } = platform(read.fields);
    await edit({ title: 'Lab 2', place: 'Huye' });
    expect(sent).toEqual(['"1"', '"2"']);
    expect(said).toEqual({ onRebased: [[{ fields: read.fields, etag: '"2"' }, []]], conflicts: [] });
  });

  it('is sent again where its own answer was lost', async () => {
    const typed = { title: 'Lab 2', place: 'Huye' };
    const { edit, sent, said } = platform(typed);
    expect(await edit(typed)).toEqual(typed);
    expect(sent).toEqual(['"1"', '"2"']);
    expect(said.conflicts).toEqual([]);
  });

  it('takes over what only others changed', async () => {
    const { edit, saved, said } = platform({ title: 'Lab', place: 'Kigali' });
    await edit({ title: 'Lab 2', place: 'Huye' });
    expect(saved()).toEqual({ title: 'Lab 2', place: 'Kigali' });
    expect(said.onRebased).toMatchObject([[{ etag: '"2"' }, ['place']]]);
  });

  it('overwrites nothing that both changed, before that is decided', async () => {
    const { edit, stale, saved, said } = platform({ title: 'Lab A', place: 'Kigali' });
    await expect(edit({ title: 'Lab B', place: 'Huye' })).rejects.toBe(stale);
    expect(saved()).toEqual({ title: 'Lab A', place: 'Kigali' });
    expect(said.conflicts).toMatchObject([{ etag: '"2"', disputed: ['title'], others: ['place'] }]);
  });

  it('ends where what is read again has the tag that was refused', async () => {
    const { edit, stale, sent } = platform(read.fields, { tags: false });
    await expect(edit({ title: 'Lab 2', place: 'Huye' })).rejects.toBe(stale);
    expect(sent).toHaveLength(1);
  });

  it('leaves a lost line to whoever waits for it', async () => {
    const lost = new ConnectionLost();
    const failing = sendEdit<Fields, never>({
      typing: { read, values: read.fields },
      send: () => Promise.reject(lost),
      readAgain: () => Promise.reject(new Error('nothing is read again')),
      onRebased: () => undefined,
      onConflict: () => undefined,
    });
    await expect(failing).rejects.toBe(lost);
  });
});

describe('what is typed', () => {
  it('stays on what is there now, but for what is taken over', () => {
    const now = { fields: { title: 'Lab A', place: 'Kigali' }, etag: '"2"' };
    const typing = { read, values: { title: 'Lab B', place: 'Huye' } };
    expect(rebase(typing, now, ['place'])).toEqual({ read: now, values: { title: 'Lab B', place: 'Kigali' } });
    expect(rebase(typing, now, ['title', 'place'])).toEqual({ read: now, values: now.fields });
  });

  it('while something was saved is not lost by that', () => {
    const sent = { title: ' Lab 2', place: 'Huye' };
    const now = { fields: { title: 'Lab 2', place: 'Huye' }, etag: '"2"' };
    expect(afterSaving({ read, values: sent }, sent, now)).toEqual({ read: now, values: now.fields });
    expect(afterSaving({ read, values: { ...sent, place: 'Kigali' } }, sent, now).values).toEqual({
      title: 'Lab 2',
      place: 'Kigali',
    });
  });

  it('and kept on the device is taken only by a form with its fields', () => {
    const isFit = isTypingLike(empty);
    expect(isFit({ read, values: read.fields })).toBe(true);
    for (const other of [
      undefined,
      null,
      'x',
      {},
      { values: read.fields },
      { read, values: { title: '' } },
      { read: {}, values: empty },
    ])
      expect(isFit(other)).toBe(false);
  });
});
