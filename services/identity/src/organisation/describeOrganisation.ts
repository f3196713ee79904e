import type { Country, Organisation, OrganisationFact, OrganisationMember } from './organisation.ts';
import { type Refused, refuse } from './refusals.ts';

/** An organisation as its accounts say it is now; the members in any order. */
export type Snapshot = {
  readonly name: string;
  readonly slug: string;
  readonly country: Country;
  readonly members: readonly OrganisationMember[];
};

/**
 * Others are told what differs from what they know. An organisation exists for them once somebody belongs to it: while it is being
 * made there is nobody yet who could act for it or be written to. Country and slug were said once and stay.
 */
export const describeOrganisation = (organisation: Organisation, snapshot: Snapshot): readonly OrganisationFact[] | Refused => {
  const { name, slug, country } = snapshot;
  const members = snapshot.members.toSorted(byUser);
  if (organisation.status === 'unannounced')
    return members.length === 0
      ? []
      : [
          { type: 'OrganisationRegistered', name, slug, country },
          { type: 'MembersChanged', name, members },
        ];
  if (organisation.country !== country) return refuse('country-is-fixed');
  if (organisation.slug !== slug) return refuse('slug-is-fixed');
  return organisation.name === name && areSame(organisation.members, members) ? [] : [{ type: 'MembersChanged', name, members }];
};

const byUser = (a: OrganisationMember, b: OrganisationMember): number => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

const areSame = (known: readonly OrganisationMember[], present: readonly OrganisationMember[]): boolean =>
  known.length === present.length && known.every((member, at) => isSame(member, present[at]));

const isSame = (known: OrganisationMember, present: OrganisationMember | undefined): boolean =>
  present !== undefined &&
  known.userId === present.userId &&
  known.name === present.name &&
  known.email === present.email &&
  known.role === present.role &&
  known.language === present.language &&
  known.timeZone === present.timeZone;
