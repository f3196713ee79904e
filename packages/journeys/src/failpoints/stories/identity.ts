import type { Answer, Document, Stage } from '../stage.ts';
import type { Commands, Story } from '../story.ts';
import {
  abandon,
  browserFor,
  emailOf,
  inside,
  invites,
  isIn,
  joinedOf,
  joins,
  organisationOf,
  passphrase,
  peopleOf,
  personOf,
  reaches,
  registers,
  signsIn,
  signsUp,
} from './identityMakings.ts';

/** What an account leaves behind besides the account: sessions, keys, notes for the sweep. */
const passing = ['account', 'session', 'verification', 'jwks', 'rateLimit', 'changeMarks', 'issuerKeys'];

const never = async () => false;
const named = (what: string, mark: string): string => `${what}-${mark}`.toLowerCase();

const accounts: Readonly<Record<string, Commands>> = {
  'makes an account': async (stage, mark) => {
    const ask = browserFor(stage, `new-${mark}`);
    return () => signsUp(stage, ask, emailOf(`new-${mark}`));
  },
  'signs in': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const ask = browserFor(stage, `in-${mark}`);
    return () => signsIn(ask, owner.email);
  },
  'signs out': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const ask = browserFor(stage, `out-${mark}`);
    await signsIn(ask, owner.email);
    return () =>
      reaches(
        async () => (await ask('GET', '/api/auth/get-session')).body === null,
        () => ask('POST', '/api/auth/sign-out', {}),
      );
  },
  'a member moves to another time zone': async (stage, mark) => {
    const person = await personOf(stage, `moves-${mark}`);
    await organisationOf(stage, person, named('moved', mark));
    return () => reaches(never, () => person.ask('POST', '/api/auth/update-user', { timeZone: 'Europe/Berlin' }));
  },
  'changes its password': async (stage, mark) => {
    const { ask, email } = await personOf(stage, `password-${mark}`);
    const changed = { currentPassword: passphrase, newPassword: 'another passphrase' };
    return async () => {
      const answer = await reaches(never, () => ask('POST', '/api/auth/change-password', changed));
      // Asked again after it was done: the one it had is no longer right, and the new one is.
      return answer.status === 200 ? answer : signsIn(browserFor(stage, `again-${mark}`), email, changed.newPassword);
    };
  },
};

const organisations: Readonly<Record<string, Commands>> = {
  'registers an organisation': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    return () => registers(stage, owner, named('new', mark));
  },
  'renames an organisation': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const slug = named('renamed', mark);
    const organizationId = await organisationOf(stage, owner, slug);
    const data = { name: `${slug} under another name (demonstration)` };
    return () => reaches(never, () => owner.ask('POST', '/api/auth/organization/update', { organizationId, data }));
  },
  'chooses for whom it acts': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const organizationId = await organisationOf(stage, owner, named('active', mark));
    return () => reaches(never, () => owner.ask('POST', '/api/auth/organization/set-active', { organizationId }));
  },
  'invites a person': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const id = await organisationOf(stage, owner, named('inviting', mark));
    return async () => (await invites(owner, id, emailOf(`invited-${mark}`))).answer;
  },
  'takes an invitation back': async (stage, mark) => {
    const { owner } = await peopleOf(stage, mark);
    const id = await organisationOf(stage, owner, named('uninviting', mark));
    const { invitationId } = await invites(owner, id, emailOf(`uninvited-${mark}`));
    const isTaken = async () => (await inside(owner, id)).invitations.every(({ status }) => status !== 'pending');
    return () => reaches(isTaken, () => owner.ask('POST', '/api/auth/organization/cancel-invitation', { invitationId }));
  },
  'joins an organisation': async (stage, mark) => {
    const { owner, other } = await peopleOf(stage, mark);
    const slug = named('joined', mark);
    return joins(owner, other, { id: await organisationOf(stage, owner, slug), slug });
  },
  'gives a member another role': async (stage, mark) => {
    const { owner, id: organizationId, member } = await joinedOf(stage, 'role', mark);
    const memberId = (await member())?.id;
    const order = { organizationId, memberId, role: 'admin' };
    return () =>
      reaches(
        async () => (await member())?.role === 'admin',
        () => owner.ask('POST', '/api/auth/organization/update-member-role', order),
      );
  },
  'takes a member out': async (stage, mark) => {
    const { owner, other, id: organizationId, member } = await joinedOf(stage, 'removes', mark);
    const order = { organizationId, memberIdOrEmail: other.email };
    return () =>
      reaches(
        async () => (await member()) === undefined,
        () => owner.ask('POST', '/api/auth/organization/remove-member', order),
      );
  },
  'leaves an organisation': async (stage, mark) => {
    const { other, id: organizationId, slug } = await joinedOf(stage, 'left', mark);
    return () =>
      reaches(
        async () => !(await isIn(other.ask, slug)),
        () => other.ask('POST', '/api/auth/organization/leave', { organizationId }),
      );
  },
};

/** There is one programme office: whoever opens it waits for the one before, whose office is taken away. */
const opening = new WeakMap<Stage, Promise<unknown>>();
const opensTheOffice: Commands = async (stage, mark) => {
  const ask = browserFor(stage, `office-${mark}`);
  const email = emailOf('office');
  const office = { code: stage.secrets.programmeOfficeCode, name: 'Demonstration Office', email, password: passphrase };
  const open = () => reaches(never, () => ask('POST', '/api/identity/programme-office', office));
  const alone = async (): Promise<Answer> => {
    const user = await stage.database.collection<{ _id: string; email: string }>('user').findOneAndDelete({ email });
    if (user) await stage.database.collection('account').deleteMany({ userId: user._id });
    const answer = await open();
    if (answer.status < 300) return answer;
    const isDone = (await stage.database.collection('account').findOne({ userId: 'programme-office' })) !== null;
    if (isDone) return { ...answer, status: 201 };
    await abandon(stage, 'user', { email });
    return open();
  };
  return () => {
    const done = (opening.get(stage) ?? Promise.resolve()).then(alone, alone);
    opening.set(stage, done);
    return done;
  };
};

export const identity: Story = {
  service: 'identity',
  reactions: {},
  commands: { ...accounts, ...organisations, 'opens the programme office': opensTheOffice },
  // One at a time.
  slow: { 'opens the programme office': ['beforeAccount', 'afterAccount'] },
  /** An acceptance that broke off has spent its invitation. */
  lasting: (collection, document: Document) =>
    passing.includes(collection) || (collection === 'invitation' && document.status === 'accepted') ? undefined : document,
  isAtRest: async ({ database }) => (await database.collection('changeMarks').findOne({ lookAt: { $lte: new Date() } })) === null,
};
