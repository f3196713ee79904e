import { describe, expect, it, vi } from 'vitest';
import { ActsForAnother, endOf, keepToken } from './tokenKeeper.ts';

const tokenUntil = (seconds: number, name = 'a') =>
  `header.${Buffer.from(JSON.stringify({ exp: seconds, name: `${name}ÿ` })).toString('base64url')}.signature`;

const counted = (...tokens: (string | undefined)[]) => {
  let asked = 0;
  const onAnother = vi.fn();
  const keeper = keepToken(
    async () => {
      asked += 1;
      return tokens[asked - 1];
    },
    { now: () => 1_000_000, onAnother },
  );
  return { keeper, asked: () => asked, onAnother };
};

describe('the token', () => {
  it('is fetched once and used until shortly before its end', async () => {
    const lasting = tokenUntil(2_000);
    const { keeper, asked } = counted(lasting);
    expect(await keeper.current()).toBe(lasting);
    expect(await keeper.current()).toBe(lasting);
    expect(asked()).toBe(1);
  });

  it('is renewed before it ends', async () => {
    const { keeper } = counted(tokenUntil(1_059), tokenUntil(2_000, 'b'));
    await keeper.current();
    expect(await keeper.current()).toBe(tokenUntil(2_000, 'b'));
  });

  it('is asked for once when many need it at the same time', async () => {
    const { keeper, asked } = counted(tokenUntil(2_000));
    await Promise.all([keeper.current(), keeper.current(), keeper.renew()]);
    expect(asked()).toBe(1);
  });

  it('is none when nobody is signed in, and is asked for again later', async () => {
    const { keeper } = counted(undefined, tokenUntil(2_000));
    expect(await keeper.current()).toBeUndefined();
    expect(await keeper.current()).toBe(tokenUntil(2_000));
  });

  it('of another person or company, who came in another window, is not used for what this page was about to send', async () => {
    const of = (sub: string, organisation?: string) =>
      `header.${Buffer.from(JSON.stringify({ exp: 2_000, sub, organisation })).toString('base64url')}.signature`;
    for (const other of [of('one', 'c2'), of('other', 'c1'), of('one')]) {
      const { keeper, onAnother } = counted(of('one', 'c1'), other, other, other);
      expect(await keeper.current()).toBe(of('one', 'c1'));
      expect(onAnother).not.toHaveBeenCalled();
      await expect(keeper.renew()).rejects.toThrow(ActsForAnother);
      expect(onAnother).toHaveBeenCalledTimes(1);
      keeper.forget();
      await expect(keeper.current()).rejects.toThrow(ActsForAnother);
      keeper.beginAnew();
      expect(await keeper.current()).toBe(other);
    }
  });

  it('of the same person and company takes the place of the one before', async () => {
    const of = (exp: number) =>
      `header.${Buffer.from(JSON.stringify({ exp, sub: 'one', organisation: 'c1' })).toString('base64url')}.signature`;
    const { keeper, onAnother } = counted(of(2_000), of(3_000));
    const whose = [keeper.whose(), await keeper.current(), keeper.whose()];
    expect(await keeper.renew()).toBe(of(3_000));
    expect(whose[0]).toBeUndefined();
    expect(keeper.whose()).toBe(whose[2]);
    expect(onAnother).not.toHaveBeenCalled();
  });

  it('is expected for those who were there before the page was lost, and for nobody else', async () => {
    const of = (sub: string) => `header.${Buffer.from(JSON.stringify({ exp: 2_000, sub })).toString('base64url')}.signature`;
    const before = counted(of('one')).keeper;
    await before.current();
    const whose = before.whose() ?? '';
    const { keeper } = counted(of('one'));
    keeper.expect(whose);
    expect(await keeper.current()).toBe(of('one'));
    const { keeper: another, onAnother } = counted(of('other'));
    another.expect(whose);
    await expect(another.current()).rejects.toThrow(ActsForAnother);
    expect(onAnother).toHaveBeenCalledTimes(1);
  });

  it('that cannot be read counts as ended', () => {
    expect(endOf('nonsense')).toBe(0);
    expect(endOf('a.b.c')).toBe(0);
    expect(endOf(tokenUntil(5))).toBe(5_000);
  });
});
