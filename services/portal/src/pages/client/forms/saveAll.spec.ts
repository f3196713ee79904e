import { describe, expect, it, vi } from 'vitest';
import { ConnectionLost, Refused } from '../api/answers.ts';
import { createAutosave } from './autosave.ts';
import { saveAll } from './saveAll.ts';

type Fields = { readonly title: string; readonly rate: string };

const begin = (fails: readonly Error[] = []) => {
  const failures = [...fails];
  const saves: Partial<Fields>[] = [];
  const autosave = createAutosave<Fields>({
    first: { fields: { title: 'A portal', rate: '' }, etag: '"1"' },
    kept: undefined,
    keep: () => undefined,
    save: async (typed, fields) => {
      const failure = failures.shift();
      if (failure) throw failure;
      saves.push(typed);
      return { fields, etag: '"2"' };
    },
    readAgain: async () => ({ fields: { title: 'Their portal', rate: '' }, etag: '"3"' }),
    isWhole: (_, value) => value !== '',
    isAutomatic: false,
  });
  return { autosave, saves };
};
const refused = (status: number) => new Refused({ type: '/problems/x', title: 'x', status, detail: '', instance: '' });

describe('everything typed is on the server', () => {
  it('when it was taken', async () => {
    const { autosave, saves } = begin();
    autosave.set({ title: 'My portal' });
    await saveAll(autosave, { more: { reason: 'why' } });
    expect(saves).toEqual([{ title: 'My portal' }]);
  });

  it('or nothing of it is sent, where something is half typed: that does not pass by waiting', async () => {
    const { autosave, saves } = begin();
    autosave.set({ title: '', rate: '1450' });
    expect(autosave.state().halfTyped).toEqual(['title']);
    await expect(saveAll(autosave)).rejects.toMatchObject({ name: 'NotSaved', why: 'half-typed' });
    expect(saves).toEqual([]);
  });

  it('but for what need not be there', async () => {
    const { autosave, saves } = begin();
    autosave.set({ title: 'My portal', rate: '' });
    await saveAll(autosave, { without: ['rate'] });
    expect(saves).toEqual([{ title: 'My portal' }]);
    await saveAll(autosave, { without: ['rate'] });
    expect(saves).toHaveLength(1);
  });

  it('or it is said why not: others changed it, it was refused, there is no line', async () => {
    const ends = async (failure: Error) => {
      const { autosave } = begin([failure]);
      autosave.set({ title: 'My portal' });
      return saveAll(autosave).then(vi.fn(), (error: unknown) => error);
    };
    expect(await ends(refused(412))).toMatchObject({ why: 'disputed' });
    const no = refused(422);
    expect(await ends(no)).toBe(no);
    expect(await ends(new ConnectionLost())).toBeInstanceOf(ConnectionLost);
  });
});
