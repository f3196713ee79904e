import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsubscribeLinks } from './unsubscribeLinks.ts';

const links = unsubscribeLinks('a secret of at least thirty-two characters');
const about = { user: 'user-1', kind: 'bids-opened' as const };

describe('an unsubscribe link', () => {
  it('says whose mail of which kind it is about', () => expect(links.read(links.tokenFor(about))).toEqual(about));
  it('is the same in every mail, so that nothing has to be stored', () =>
    expect(links.tokenFor(about)).toBe(links.tokenFor(about)));
  it('fits into an address', () => expect(links.tokenFor(about)).toMatch(/^[\w.-]{1,500}$/));
  it('is not known when it was signed with another secret', () =>
    expect(unsubscribeLinks('another secret of thirty-two characters').read(links.tokenFor(about))).toBeUndefined());
  it('is not known when any character of it was changed', () => {
    const token = links.tokenFor(about);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'ABCabc123-_.'), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        const read = links.read(changed);
        // The last character of base64url has bits that mean nothing.
        if (changed !== token && at !== token.length - 1) expect(read).toBeUndefined();
        else expect([undefined, about]).toContainEqual(read);
      }),
    );
  });
  it('is not known when it is made up', () => {
    fc.assert(
      fc.property(fc.string(), (made) => {
        expect(links.read(made)).toBeUndefined();
      }),
    );
    expect(links.read('')).toBeUndefined();
  });
});
