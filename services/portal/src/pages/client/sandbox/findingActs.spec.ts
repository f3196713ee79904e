import { findingStatus } from '@umuhuza/contracts/sandbox/schemas';
import { describe, expect, it } from 'vitest';
import { actsOf, needsWords } from './findingActs.ts';

describe('what can be done with a finding', () => {
  it('is judged by the guest, answered and disputed by the host, settled by either', () => {
    expect(actsOf({ status: 'new' }, 'guest')).toEqual(['approve', 'reject', 'ask']);
    expect(actsOf({ status: 'new' }, 'host')).toEqual([]);
    expect(actsOf({ status: 'information-asked' }, 'host')).toEqual(['answer']);
    expect(actsOf({ status: 'rejected' }, 'host')).toEqual(['dispute']);
    expect([actsOf({ status: 'disputed' }, 'host'), actsOf({ status: 'disputed' }, 'guest')]).toEqual([['settle'], ['settle']]);
  });

  it('is known for every status, and nothing once it is over', () => {
    for (const status of findingStatus.options) expect(actsOf({ status }, 'guest'), status).toBeInstanceOf(Array);
    for (const status of ['approved', 'settled'] as const)
      expect([...actsOf({ status }, 'guest'), ...actsOf({ status }, 'host')]).toEqual([]);
  });

  it('needs words, but for an approval and for giving in', () => {
    expect(['approve', 'reject', 'ask', 'answer', 'dispute', 'settle'].filter((act) => needsWords(act as never))).toEqual([
      'reject',
      'ask',
      'answer',
      'dispute',
    ]);
  });
});
