import { dataClass } from '@umuhuza/contracts/sandbox/schemas';
import { describe, expect, it } from 'vitest';
import { allowedBy } from './dataClasses.ts';

describe('the data that a test may touch', () => {
  it('is what the environment allows and everything stricter, in the order of the contract', () => {
    expect(allowedBy('no-personal-data')).toEqual(['no-personal-data']);
    expect(allowedBy('test-data')).toEqual(['no-personal-data', 'test-data']);
    expect(allowedBy('consented-users')).toEqual(dataClass.options);
  });
});
