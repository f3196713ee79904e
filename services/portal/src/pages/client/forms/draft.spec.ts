import { describe, expect, it, vi } from 'vitest';
import { dropDraft, readDraft, writeDraft } from './draft.ts';

const storeOf = () => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
};
const empty = { name: '', email: '', password: '' };

describe('what is typed into a form', () => {
  it('is there again after the page was lost, but passwords are never kept', () => {
    const store = storeOf();
    writeDraft(store, 'sign-up', { name: 'Demonstration', email: 'demo@example.org', password: 'long enough' }, ['password']);
    expect(readDraft(store, 'sign-up', empty)).toEqual({ name: 'Demonstration', email: 'demo@example.org', password: '' });
    expect([...store.kept.values()].join()).not.toContain('long enough');
  });

  it('is gone once it was sent', () => {
    const store = storeOf();
    writeDraft(store, 'sign-up', { ...empty, name: 'Demonstration' }, []);
    dropDraft(store, 'sign-up');
    expect(readDraft(store, 'sign-up', empty)).toEqual(empty);
  });

  it('does no harm when it is from another time or broken', () => {
    const store = storeOf();
    store.setItem('umuhuza.draft.sign-up', '{"name":"kept","gone":"x","email":7}');
    expect(readDraft(store, 'sign-up', empty)).toEqual({ ...empty, name: 'kept' });
    store.setItem('umuhuza.draft.sign-up', '{broken');
    expect(readDraft(store, 'sign-up', empty)).toEqual(empty);
  });

  it('does not stop the form where the device has no room', () => {
    const full = {
      ...storeOf(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    expect(() => writeDraft(full, 'sign-up', empty, [])).not.toThrow();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });
});
