import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRun } from '@umuhuza/local/dataDirectory';
import { DoorRefused } from '../door.ts';
import { demoPassword } from './accounts.ts';
import { buyers, firms } from './companies.ts';
import { terminalDisplay } from './display.ts';
import { NothingToPlay, playMainJob } from './mainJob.ts';
import { demonstrationNotices, NoticesUnreadable, readNotices } from './notices.ts';

const usage = `npm run demo -- [notices.json] [--door <address>] [--played 3] [--closes-in 25]

Plays the main job against the running system (npm start). Run twice, it goes on where it was.
  notices.json   an OCDS release package; without it, demonstration notices of the project
  --door         where the system answers; by default that of the data directory (DATA_DIR, .data)
  --played       how many tenders are played to their award; the others stay open
  --closes-in    seconds from publication to the deadline of those`;

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      door: { type: 'string' },
      played: { type: 'string', default: '3' },
      'closes-in': { type: 'string', default: '25' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const file = positionals[0] ?? demonstrationNotices;
  const dataDir = process.env.DATA_DIR ?? '.data';
  const door = values.door ?? process.env.PUBLIC_URL ?? (await readRun(dataDir))?.url ?? 'http://localhost:8080';
  const accounts = join(dataDir, 'demo', 'accounts.json');
  const [notices, password] = await Promise.all([readNotices(file), demoPassword(accounts), answering(door)]);
  process.stdout.write(`Umuhuza demonstration at ${door}, with ${notices.length} notices of ${file}\n`);
  await playMainJob({
    door,
    notices,
    password,
    display: terminalDisplay(process.stdout),
    played: Number(values.played),
    closesIn: Number(values['closes-in']) * 1_000,
    now: () => Temporal.Now.instant(),
    mails: () => mailsIn(join(dataDir, 'mail')),
  });
  process.stdout.write(
    `\nDone. Look around at ${door}: sign in as ${buyers[0]?.email} (a buyer) or ${firms[0]?.email} (a firm and test host),\nwith the password that this demonstration made and keeps in ${accounts}\n`,
  );
};

/** Undefined where mails go elsewhere, or the system runs on another machine. */
const mailsIn = async (folder: string): Promise<number | undefined> => {
  try {
    return (await readdir(folder)).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

class NothingAnswers extends Error {
  override readonly name = 'NothingAnswers';
}

const answering = async (door: string): Promise<void> => {
  const response = await fetch(new URL('/readyz', door)).catch((error: Error) => error);
  if (response instanceof Error) throw new NothingAnswers(`Nothing answers at ${door}. Start the system first: npm start`);
  if (response.status !== 200) throw new NothingAnswers(`The system at ${door} is not ready yet: ${await response.text()}`);
};

run().catch((error: unknown) => {
  const expected = [NothingAnswers, NoticesUnreadable, NothingToPlay, DoorRefused].some((kind) => error instanceof kind);
  process.stderr.write(
    `\n${expected ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
