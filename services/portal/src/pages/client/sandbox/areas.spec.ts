import { testArea } from '@umuhuza/contracts/sandbox/schemas';
import { languageSkill } from '@umuhuza/contracts/values';
import { describe, expect, it } from 'vitest';
import { areas, levels } from './areas.ts';

describe('what a form offers to choose from', () => {
  it('is what the contract knows: areas, and levels of a language', () => {
    expect([...areas].sort()).toEqual([...testArea.options].sort());
    expect([...levels].sort()).toEqual([...languageSkill.shape.level.options].sort());
  });
});
