import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { editProfile } from './editProfile.ts';
import { markStale } from './markStale.ts';
import { nameOrganisation } from './nameOrganisation.ts';
import { type Content, emptyDraft, evolve, type Profile, type ProfileFact } from './profile.ts';
import { publishProfile } from './publishProfile.ts';
import { revokeReference } from './revokeReference.ts';
import { verifyReference } from './verifyReference.ts';
import { withdrawProfile } from './withdrawProfile.ts';

const nothing = { cpv: [], skills: [] };
const content: Content = { summary: 'We build payments', offers: { cpv: ['72212000'], skills: [] }, needs: nothing };
const at = '2026-11-23T12:00:00.000Z';
const later = '2026-12-01T12:00:00.000Z';
const named: ProfileFact = { type: 'OrganisationNamed', name: 'Demonstration Ltd', country: 'RW' };
const reference = { id: 'tender-1-lot-1', title: 'Portal', client: 'Demonstration GmbH', year: 2026 };

const profileAfter = (...facts: ProfileFact[]): Profile => after<Profile, ProfileFact>(emptyDraft, evolve, facts);
const draft = profileAfter(named, { type: 'ProfileEdited', content });
const published = profileAfter(named, { type: 'ProfileEdited', content }, { type: 'ProfilePublished', at });
const stale = after(published, evolve<Content>, [{ type: 'ProfileWentStale' }]);
const withdrawn = after(published, evolve<Content>, [{ type: 'ProfileWithdrawn' }]);

describe('editing a profile', () => {
  it('is possible in every state', () => {
    const better = { ...content, summary: 'We build payments well' };
    for (const profile of [emptyDraft, draft, published, stale, withdrawn] as Profile[])
      given(profile).when(editProfile, { content: better }).then({ type: 'ProfileEdited', content: better });
  });
  it('stays quiet when nothing changed', () => given(published).when(editProfile, { content }).thenNothing());
  it('leaves a published profile published', () => {
    expect(evolve(published, { type: 'ProfileEdited', content }).status).toBe('published');
  });
});

describe('publishing a profile', () => {
  it('shows a complete draft', () => given(draft).when(publishProfile, { at }).then({ type: 'ProfilePublished', at }));
  it('brings a withdrawn one back', () =>
    given(withdrawn).when(publishProfile, { at: later }).then({ type: 'ProfilePublished', at: later }));
  it('renews a stale one', () => given(stale).when(publishProfile, { at: later }).then({ type: 'ProfileRenewed', at: later }));
  it('renews a published one', () =>
    given(published).when(publishProfile, { at: later }).then({ type: 'ProfileRenewed', at: later }));
  it('refuses an empty draft', () =>
    given(emptyDraft as Profile)
      .when(publishProfile, { at })
      .thenRefused('profile-incomplete'));
  it('refuses a profile that says nothing it offers or needs', () =>
    given(profileAfter(named, { type: 'ProfileEdited', content: { ...content, offers: nothing } }))
      .when(publishProfile, { at })
      .thenRefused('profile-incomplete'));
  it('waits until the registration has arrived', () =>
    given(profileAfter({ type: 'ProfileEdited', content }))
      .when(publishProfile, { at })
      .thenRefused('organisation-not-known-yet'));
});

describe('withdrawing a profile', () => {
  it('takes a published or stale one out of sight', () => {
    for (const profile of [published, stale]) given(profile).when(withdrawProfile, undefined).then({ type: 'ProfileWithdrawn' });
  });
  it('stays quiet when told again', () => given(withdrawn).when(withdrawProfile, undefined).thenNothing());
  it('refuses a draft', () => given(draft).when(withdrawProfile, undefined).thenRefused('profile-not-published'));
});

describe('a profile nobody renews', () => {
  it('goes stale at the instant twelve months have passed', () => {
    given(published).when(markStale, { at: '2027-11-23T11:59:59.999Z' }).thenNothing();
    given(published).when(markStale, { at: '2027-11-23T12:00:00.000Z' }).then({ type: 'ProfileWentStale' });
  });
  it('does not go stale twice, nor as a draft or withdrawn', () => {
    for (const profile of [stale, draft, withdrawn])
      given(profile).when(markStale, { at: '2029-01-01T00:00:00.000Z' }).thenNothing();
  });
});

describe('the organisation of a profile', () => {
  it('is named once', () => {
    given(emptyDraft as Profile)
      .when(nameOrganisation, { name: 'Demonstration Ltd', country: 'RW' })
      .then(named);
    given(published).when(nameOrganisation, { name: 'Demonstration Ltd', country: 'RW' }).thenNothing();
  });
  it('may change its name while published', () =>
    given(published)
      .when(nameOrganisation, { name: 'New Name Ltd', country: 'RW' })
      .then({ type: 'OrganisationNamed', name: 'New Name Ltd', country: 'RW' }));
});

describe('a reference from a contract won here', () => {
  it('is revoked when its award comes to nothing, whichever is heard of first', () => {
    const revoked = { type: 'ReferenceRevoked', referenceId: reference.id } as const;
    given(draft).when(revokeReference, { referenceId: reference.id }).then(revoked);
    const after = evolve(evolve(draft, { type: 'ReferenceVerified', reference }), revoked);
    expect(after.verified).toEqual([]);
    given(after).when(revokeReference, { referenceId: reference.id }).thenNothing();
    given(evolve(draft, revoked)).when(verifyReference, { reference }).thenNothing();
  });
  it('is verified once', () => {
    given(draft).when(verifyReference, { reference }).then({ type: 'ReferenceVerified', reference });
    given(evolve(draft, { type: 'ReferenceVerified', reference }))
      .when(verifyReference, { reference })
      .thenNothing();
  });
});
