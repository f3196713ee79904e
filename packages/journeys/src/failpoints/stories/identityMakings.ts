import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { browserOf } from '../../door.ts';
import type { Answer, Stage } from '../stage.ts';

const patience = 300_000;
/** Longer than any request may take: what is half made then is not being made any more. */
const abandonedAfter = 121_000;

export type Ask = ReturnType<typeof browserOf>;
export type Person = { readonly email: string; readonly ask: Ask };

export const passphrase = 'a long enough passphrase';
export const emailOf = (name: string): string => `${name}@demonstration.example`.toLowerCase();

/** A browser at an address of its own, which tells the stage what it asks. */
export const browserFor = (stage: Stage, name: string): Ask => {
  const [a, b, c] = createHash('sha256').update(name).digest();
  const browser = browserOf(stage.lives.url, stage.lives.publicUrl, `10.${a}.${b}.${c}`);
  return async (method, path, body) => {
    if (method === 'POST') stage.note({ method, path });
    return browser(method, path, body);
  };
};

const answered = (status: number): Answer => ({ status, body: undefined as never });

/**
 * Asks until there is an answer; the process may die under it. better-auth knows no keys: whoever was not answered looks whether it has
 * what it wanted, and asks again where it has not.
 */
export const reaches = async (
  isThere: () => Promise<boolean>,
  ask: () => Promise<{ readonly status: number }>,
): Promise<Answer> => {
  const until = Date.now() + patience;
  for (;;) {
    try {
      if (await isThere()) return answered(200);
      const { status } = await ask();
      if (status < 500 || Date.now() > until) return answered((await isThere()) ? 200 : status);
    } catch (error) {
      // The process died before it could answer.
      if (!(error instanceof TypeError) || Date.now() > until) throw error;
    }
    await delay(100);
  }
};

/** What broke off half made stands in the way for two minutes; nobody waits for that. */
export const abandon = async ({ database }: Stage, collection: string, filter: object): Promise<boolean> => {
  const createdAt = new Date(Date.now() - abandonedAfter);
  return (await database.collection(collection).updateOne(filter, { $set: { createdAt } })).matchedCount === 1;
};

export const signsUp = async (stage: Stage, ask: Ask, email: string): Promise<Answer> => {
  const account = { email, password: passphrase, name: 'Demonstration Owner' };
  const isIn = async () => (await ask('GET', '/api/auth/get-session')).body !== null;
  const isKnown = async () => (await isIn()) || (await stage.database.collection('account').findOne({ email })) !== null;
  const answer = await reaches(isIn, () => ask('POST', '/api/auth/sign-up/email', account));
  if (answer.status === 200 || (await isKnown()) || !(await abandon(stage, 'user', { email }))) return answer;
  return reaches(isIn, () => ask('POST', '/api/auth/sign-up/email', account));
};

export const signsIn = (ask: Ask, email: string, password = passphrase): Promise<Answer> => {
  const isIn = async () => (await ask('GET', '/api/auth/get-session')).body !== null;
  return reaches(isIn, () => ask('POST', '/api/auth/sign-in/email', { email, password }));
};

export const personOf = async (stage: Stage, name: string): Promise<Person> => {
  const [ask, email] = [browserFor(stage, name), emailOf(name)];
  const { status } = await signsUp(stage, ask, email);
  if (status !== 200) throw new Error(`${name} could not sign up: ${status}`);
  return { ask, email };
};

/** An owner and somebody else, for everything of this mark: passwords cost a tenth of a second each. */
const known = new WeakMap<Stage, Map<string, Promise<{ readonly owner: Person; readonly other: Person }>>>();
export const peopleOf = (stage: Stage, mark: string): Promise<{ readonly owner: Person; readonly other: Person }> => {
  const ofStage = known.get(stage) ?? new Map();
  known.set(stage, ofStage);
  const make = async () => {
    const [owner, other] = await Promise.all([personOf(stage, `owner-${mark}`), personOf(stage, `other-${mark}`)]);
    return { owner, other };
  };
  const people = ofStage.get(mark) ?? make();
  ofStage.set(mark, people);
  return people;
};

type Listed = readonly { readonly id: string; readonly slug: string }[];
const listed = async (ask: Ask): Promise<Listed> => (await ask('GET', '/api/auth/organization/list')).body as Listed;
export const isIn = async (ask: Ask, slug: string): Promise<boolean> => (await listed(ask)).some((one) => one.slug === slug);

export const registers = async (stage: Stage, { ask }: Person, slug: string): Promise<Answer> => {
  const register = () =>
    reaches(
      () => isIn(ask, slug),
      () => ask('POST', '/api/auth/organization/create', { name: `${slug} (demonstration)`, slug, country: 'RW' }),
    );
  const answer = await register();
  return answer.status === 200 || !(await abandon(stage, 'organization', { slug })) ? answer : register();
};

/** An organisation of this owner. */
export const organisationOf = async (stage: Stage, owner: Person, slug: string): Promise<string> => {
  await registers(stage, owner, slug);
  const id = (await listed(owner.ask)).find((one) => one.slug === slug)?.id;
  if (id === undefined) throw new Error(`${slug} could not be registered`);
  return id;
};

type Inside = {
  readonly members: readonly { readonly id: string; readonly role: string; readonly user: { readonly email: string } }[];
  readonly invitations: readonly { readonly id: string; readonly email: string; readonly status: string }[];
};
export const inside = async ({ ask }: Person, organizationId: string): Promise<Inside> =>
  (await ask('GET', `/api/auth/organization/get-full-organization?organizationId=${organizationId}`)).body as Inside;

/** Invites unless that has happened already; gives back the invitation. */
export const invites = async (owner: Person, organizationId: string, email: string) => {
  const pending = async () =>
    (await inside(owner, organizationId)).invitations.find((one) => one.email === email && one.status === 'pending')?.id;
  const answer = await reaches(
    async () => (await pending()) !== undefined,
    () => owner.ask('POST', '/api/auth/organization/invite-member', { organizationId, email, role: 'member' }),
  );
  return { answer, invitationId: await pending() };
};

/**
 * Accepts. better-auth marks the invitation before it makes the member: a process that dies in between has spent it, and the owner, who sees
 * nobody come, invites again.
 */
export const joins = async (owner: Person, other: Person, { id, slug }: { readonly id: string; readonly slug: string }) => {
  const { invitationId } = await invites(owner, id, other.email);
  return async (): Promise<Answer> => {
    const accept = (invitation: string | undefined) =>
      reaches(
        () => isIn(other.ask, slug),
        () => other.ask('POST', '/api/auth/organization/accept-invitation', { invitationId: invitation }),
      );
    const answer = await accept(invitationId);
    return answer.status === 200 ? answer : accept((await invites(owner, id, other.email)).invitationId);
  };
};
/** An organisation to which both belong. */
export const joinedOf = async (stage: Stage, name: string, mark: string) => {
  const { owner, other } = await peopleOf(stage, mark);
  const slug = `${name}-${mark}`.toLowerCase();
  const id = await organisationOf(stage, owner, slug);
  await (await joins(owner, other, { id, slug }))();
  const member = async () => (await inside(owner, id)).members.find(({ user }) => user.email === other.email);
  return { owner, other, id, slug, member };
};
