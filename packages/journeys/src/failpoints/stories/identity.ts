import { setTimeout as delay } from 'node:timers/promises';
import { browserOf } from '../../door.ts';
import type { Answer, Document, Stage } from '../stage.ts';
import type { Commands, Story } from '../story.ts';

type Browser = ReturnType<typeof browserOf>;

const patience = 60_000;
const abandonedAfter = 121_000;
/** What an account leaves behind besides the account: sessions, keys, notes for the sweep. */
const passing = ['account', 'session', 'verification', 'jwks', 'rateLimit', 'changeMarks', 'issuerKeys'];

/** Asks until there is an answer; the process may die under it. */
const untilAnswered = async (ask: () => Promise<Answer>): Promise<Answer> => {
  const until = Date.now() + patience;
  for (;;) {
    try {
      const answer = await ask();
      if (answer.status < 500) return answer;
    } catch (error) {
      if (!(error instanceof TypeError) || Date.now() > until) throw error;
    }
    await delay(100);
  }
};

const signedUp = async (stage: Stage, name: string): Promise<Browser> => {
  const browser = browserOf(stage.lives.url, stage.lives.publicUrl);
  const account = { email: `${name}@demonstration.example`, password: 'a long enough passphrase', name: 'Demonstration Owner' };
  const { status, body } = await browser('POST', '/api/auth/sign-up/email', account);
  if (status !== 200) throw new Error(`signing up: ${status} ${JSON.stringify(body)}`);
  return browser;
};

type Listed = readonly { readonly id: string; readonly slug: string }[];
const listed = async (browser: Browser): Promise<Listed> => (await browser('GET', '/api/auth/organization/list')).body as Listed;

/** Registers unless that has happened already, as every client of ours does. */
const registers = async (stage: Stage, browser: Browser, slug: string): Promise<Answer> => {
  const isIn = async () => (await listed(browser)).some((one) => one.slug === slug);
  const answer = await untilAnswered(async () =>
    (await isIn())
      ? ({ status: 200, body: slug } as Answer)
      : ((await browser('POST', '/api/auth/organization/create', {
          name: `${slug} (demonstration)`,
          slug,
          country: 'RW',
        })) as Answer),
  );
  if (answer.status === 200) return { status: 200, body: slug as never };
  // It broke off half made. Two minutes later nobody is making it any more, and its slug is free again.
  const createdAt = new Date(Date.now() - abandonedAfter);
  const { matchedCount } = await stage.database.collection('organization').updateOne({ slug }, { $set: { createdAt } });
  if (matchedCount !== 1) return answer;
  return registers(stage, browser, slug);
};

const registering: Commands = async (stage, mark) => {
  const browser = await signedUp(stage, `registers-${mark}`.toLowerCase());
  return () => registers(stage, browser, `new-${mark}`.toLowerCase());
};

const renaming: Commands = async (stage, mark) => {
  const slug = `renamed-${mark}`.toLowerCase();
  const browser = await signedUp(stage, `renames-${mark}`.toLowerCase());
  await registers(stage, browser, slug);
  const organizationId = (await listed(browser)).find((one) => one.slug === slug)?.id;
  const data = { name: `${slug} under another name (demonstration)` };
  return async () => {
    const { status } = await untilAnswered(
      async () => (await browser('POST', '/api/auth/organization/update', { organizationId, data })) as Answer,
    );
    return { status, body: slug as never };
  };
};

const movingAway: Commands = async (stage, mark) => {
  const slug = `moved-${mark}`.toLowerCase();
  const browser = await signedUp(stage, `moves-${mark}`.toLowerCase());
  await registers(stage, browser, slug);
  return async () => {
    const { status } = await untilAnswered(
      async () => (await browser('POST', '/api/auth/update-user', { timeZone: 'Europe/Berlin' })) as Answer,
    );
    return { status, body: slug as never };
  };
};

export const identity: Story = {
  service: 'identity',
  reactions: {},
  commands: {
    'registers an organisation': registering,
    'renames an organisation': renaming,
    'a member moves to another time zone': movingAway,
  },
  lasting: (collection, document: Document) => (passing.includes(collection) ? undefined : document),
  isAtRest: async ({ database }) => (await database.collection('changeMarks').findOne({ lookAt: { $lte: new Date() } })) === null,
};
