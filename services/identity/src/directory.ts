import { role } from '@umuhuza/contracts/identity/claims';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { Country } from '@umuhuza/contracts/values';
import type { Accounts, MemberDocument, UserDocument } from './auth/accounts.ts';
import type { Snapshot } from './organisation/describeOrganisation.ts';

export type Person = Pick<UserDocument, 'name' | 'email' | 'language' | 'programmeStaff'> & {
  readonly userId: string;
  /** Undefined when the person never said one. */
  readonly timeZone: string | undefined;
};

/** Who there is and who belongs where, read from the accounts. */
export type Directory = {
  readonly person: (userId: string) => Promise<Person | undefined>;
  readonly membershipsOf: (userId: string) => Promise<Membership[]>;
  readonly organisationsOf: (userId: string) => Promise<string[]>;
  readonly snapshotOf: (organisationId: string) => Promise<Snapshot | undefined>;
  readonly everyOrganisation: () => AsyncIterable<string>;
};

/** Where most people of a country live by; for those who never said theirs. */
export const usualTimeZone: Readonly<Record<Country, string>> = { DE: 'Europe/Berlin', RW: 'Africa/Kigali' };

export const directoryOf = ({ users, organizations, members }: Accounts): Directory => ({
  person: async (userId) => {
    const user = await users.findOne({ _id: userId });
    return user
      ? {
          userId,
          name: user.name,
          email: user.email,
          language: user.language,
          programmeStaff: user.programmeStaff,
          timeZone: user.timeZone ?? undefined,
        }
      : undefined;
  },
  membershipsOf: async (userId) => {
    const belongs = await members.find({ userId }).toArray();
    const found = await organizations.find({ _id: { $in: belongs.map(({ organizationId }) => organizationId) } }).toArray();
    return found
      .flatMap(({ _id, name, slug, country }) => {
        const member = belongs.find(({ organizationId }) => organizationId === _id);
        return member ? [{ organisationId: _id, name, slug, country, role: roleOf(member) }] : [];
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.organisationId < b.organisationId ? -1 : 1));
  },
  organisationsOf: async (userId) => (await members.find({ userId }).toArray()).map(({ organizationId }) => organizationId),
  snapshotOf: async (organisationId) => {
    const organization = await organizations.findOne({ _id: organisationId });
    if (!organization) return undefined;
    const { name, slug, country } = organization;
    const belong = await members.find({ organizationId: organisationId }).toArray();
    const people = await users.find({ _id: { $in: belong.map(({ userId }) => userId) } }).toArray();
    return {
      name,
      slug,
      country,
      members: people.flatMap((user) => {
        const member = belong.find(({ userId }) => userId === user._id);
        return member
          ? [
              {
                userId: user._id,
                name: user.name,
                email: user.email,
                role: roleOf(member),
                language: user.language,
                timeZone: user.timeZone ?? usualTimeZone[country],
              },
            ]
          : [];
      }),
    };
  },
  everyOrganisation: async function* () {
    for await (const { _id } of organizations.find({}, { projection: { _id: 1 } })) yield _id;
  },
});

const roleOf = (member: MemberDocument) => role.parse(member.role);
