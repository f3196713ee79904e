import { describe, expect, it } from 'vitest';
import { etagOf, isStale } from './etag.ts';

describe('an edit with If-Match', () => {
  const view = { title: 'A portal' };
  it('is fresh when it names what the editor would see now', () => {
    expect(isStale(etagOf(view), view)).toBe(false);
    expect(isStale(`"another", ${etagOf(view)}`, view)).toBe(false);
  });
  it('is stale when the view has changed since', () => {
    expect(isStale(etagOf(view), { title: 'A better portal' })).toBe(true);
    expect(isStale('made up', view)).toBe(true);
  });
  it('is not asked about without the header, or for any version', () => {
    expect(isStale(undefined, view)).toBe(false);
    expect(isStale('*', view)).toBe(false);
  });
});
