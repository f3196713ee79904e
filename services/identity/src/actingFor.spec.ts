import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { describe, expect, it } from 'vitest';
import { actingFor } from './actingFor.ts';

const firm = (organisationId: string): Membership => ({
  organisationId,
  name: `Demonstration ${organisationId}`,
  slug: organisationId,
  country: 'DE',
  role: 'member',
});

describe('the organisation a person acts for', () => {
  it('is the chosen one', () => expect(actingFor([firm('a'), firm('b')], 'b')).toEqual(firm('b')));
  it('is the only one when none is chosen', () => expect(actingFor([firm('a')], null)).toEqual(firm('a')));
  it('is none when there are several and none is chosen', () =>
    expect(actingFor([firm('a'), firm('b')], undefined)).toBeUndefined());
  it('is no longer the chosen one after the person has left it', () =>
    expect(actingFor([firm('a'), firm('b')], 'left')).toBeUndefined());
  it('is none without a membership', () => expect(actingFor([], 'a')).toBeUndefined());
});
