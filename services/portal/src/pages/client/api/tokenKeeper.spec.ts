import { describe, expect, it } from 'vitest';
import { endOf, keepToken } from './tokenKeeper.ts';

const tokenUntil = (seconds: number, name = 'a') =>
  `header.${Buffer.from(JSON.stringify({ exp: seconds, name: `${name}ÿ` })).toString('base64url')}.signature`;

const counted = (...tokens: (string | undefined)[]) => {
  let asked = 0;
  const keeper = keepToken(
    async () => {
      asked += 1;
      return tokens[asked - 1];
    },
    () => 1_000_000,
  );
  return { keeper, asked: () => asked };
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

  it('that cannot be read counts as ended', () => {
    expect(endOf('nonsense')).toBe(0);
    expect(endOf('a.b.c')).toBe(0);
    expect(endOf(tokenUntil(5))).toBe(5_000);
  });
});
