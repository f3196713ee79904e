import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { describeOrganisation, type Snapshot } from './describeOrganisation.ts';
import { evolve, type Organisation, type OrganisationFact, type OrganisationMember, unannounced } from './organisation.ts';

const owner: OrganisationMember = {
  userId: 'user-1',
  name: 'Demonstration Owner',
  email: 'owner@demonstration.example',
  role: 'owner',
  language: 'en',
  timeZone: 'Africa/Kigali',
};
const colleague: OrganisationMember = { ...owner, userId: 'user-2', email: 'colleague@demonstration.example', role: 'member' };
const firm: Snapshot = { name: 'Demonstration Firm', slug: 'demonstration-firm', country: 'RW', members: [owner] };

const registration: readonly OrganisationFact[] = [
  { type: 'OrganisationRegistered', name: firm.name, slug: firm.slug, country: 'RW' },
  { type: 'MembersChanged', name: firm.name, members: [owner] },
];
const registered: Organisation = after(unannounced, evolve, registration);

describe('describing an organisation that nobody has heard of', () => {
  it('registers it and names its members', () =>
    given(unannounced)
      .when(describeOrganisation, firm)
      .then(...registration));
  it('stays quiet while nobody belongs to it', () =>
    given(unannounced)
      .when(describeOrganisation, { ...firm, members: [] })
      .thenNothing());
});

describe('describing a registered organisation', () => {
  it('stays quiet when nothing differs', () => given(registered).when(describeOrganisation, firm).thenNothing());
  it('stays quiet when only the order of its members differs', () => {
    const both = after(registered, evolve, [{ type: 'MembersChanged', name: firm.name, members: [owner, colleague] }]);
    given(both)
      .when(describeOrganisation, { ...firm, members: [colleague, owner] })
      .thenNothing();
  });
  it('tells of a new member', () =>
    given(registered)
      .when(describeOrganisation, { ...firm, members: [colleague, owner] })
      .then({ type: 'MembersChanged', name: firm.name, members: [owner, colleague] }));
  it('tells when the last member has gone', () =>
    given(registered)
      .when(describeOrganisation, { ...firm, members: [] })
      .then({ type: 'MembersChanged', name: firm.name, members: [] }));
  it('tells of another name of the organisation', () =>
    given(registered)
      .when(describeOrganisation, { ...firm, name: 'Renamed Firm' })
      .then({ type: 'MembersChanged', name: 'Renamed Firm', members: [owner] }));
  it.each([
    ['name', { name: 'Another Name' }],
    ['e-mail address', { email: 'new@demonstration.example' }],
    ['role', { role: 'admin' }],
    ['language', { language: 'de' }],
    ['time zone', { timeZone: 'Europe/Berlin' }],
  ] as const)('tells when the %s of a member differs', (_what, difference) => {
    const changed = { ...owner, ...difference };
    given(registered)
      .when(describeOrganisation, { ...firm, members: [changed] })
      .then({ type: 'MembersChanged', name: firm.name, members: [changed] });
  });
  it('refuses another country, which was said once', () =>
    given(registered)
      .when(describeOrganisation, { ...firm, country: 'DE' })
      .thenRefused('country-is-fixed'));
  it('refuses another slug, which was said once', () =>
    given(registered)
      .when(describeOrganisation, { ...firm, slug: 'other' })
      .thenRefused('slug-is-fixed'));
});

describe('an organisation after its facts', () => {
  it('is known as it was described', () =>
    expect(registered).toEqual({
      status: 'registered',
      name: firm.name,
      slug: firm.slug,
      country: 'RW',
      members: [owner],
    }));
  it('keeps country and slug under another name', () =>
    expect(after(registered, evolve, [{ type: 'MembersChanged', name: 'Renamed Firm', members: [] }])).toEqual({
      status: 'registered',
      name: 'Renamed Firm',
      slug: firm.slug,
      country: 'RW',
      members: [],
    }));
});
