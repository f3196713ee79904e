import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readRun } from '@umuhuza/local/dataDirectory';
import cliProgress from 'cli-progress';
import { DoorRefused, NoOneOrganisation, signIn } from '../door.ts';
import { readReleases } from './readReleases.ts';
import { type Outcome, sendReleases } from './sendReleases.ts';
import { tally } from './tally.ts';

const usage = `npm run import-notices -- notices.json --email you@example.org [--organisation <short name>] [--door <address>] [--report <file>]

Makes drafts of public notices in the Open Contracting Data Standard: release or record packages, lists, or one release to a line.
Again changes nothing: what is there already stays as it is.
  --email         whose account; the password is asked for, or taken from the variable PASSWORD
  --organisation  for which of its organisations, when it has several
  --door          where the system answers; by default that of the data directory (DATA_DIR, .data)
  --report        where to write what became of each release, a line of JSON each; by default the file's name with
                  .import.ndjson, or with a number when there is such a report already`;

/** No release longer than this is read, in characters: the platform takes five megabytes in one request. */
const longestRelease = 5_000_000;

class Unusable extends Error {
  override readonly name = 'Unusable';
}

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      organisation: { type: 'string' },
      door: { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || values.email === undefined) return void process.stdout.write(`${usage}\n`);
  const size = await sizeOf(file);
  const door =
    values.door ?? process.env.PUBLIC_URL ?? (await readRun(process.env.DATA_DIR ?? '.data'))?.url ?? 'http://localhost:8080';
  const password = process.env.PASSWORD ?? (await askForPassword());
  const company = await signIn(door, { email: values.email, password, slug: values.organisation }).catch((error: unknown) => {
    throw isUnreachable(error)
      ? new Unusable(`Nothing answers at ${door}. Is the system running? --door names another address.`)
      : error;
  });

  const { report, handle } = await openReport(values.report, file);
  const lines = handle.createWriteStream();
  const counts = tally();
  const input = createReadStream(file);
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage}% | {releases} releases | {created} drafts | {refused} not',
      stream: process.stderr,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    cliProgress.Presets.shades_classic,
  );
  const shown = () => ({
    releases: counts.all(),
    created: counts.of('created'),
    refused: counts.of('refused') + counts.of('unreadable'),
  });
  bar.start(Math.max(1, size), 0, shown());
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  try {
    for await (const outcome of sendReleases(company.tenders, readReleases(input, longestRelease), pause)) {
      counts.add(outcome);
      if (!lines.write(`${JSON.stringify(outcome satisfies Outcome)}\n`))
        await new Promise((resolve) => lines.once('drain', resolve));
      bar.update(Math.min(input.bytesRead, size), shown());
    }
  } finally {
    bar.stop();
    lines.end();
    await finished(lines);
  }
  process.stdout.write(`${counts.summary()}\nWhat became of each: ${report}\n`);
  if (counts.of('created') > 0)
    process.stdout.write(
      `The drafts are among your tenders at ${door}; what a tender needs before it can be published stands with each.\n`,
    );
  process.stdout.write(`Most memory at once: ${Math.round(process.resourceUsage().maxRSS / 1_024)} MB\n`);
};

const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new Unusable(`${file} cannot be read: ${(error as Error).message}`);
  }
};

/** `fetch` says no more than that it failed; why stands in what caused it. */
const isUnreachable = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed';

/** A report that is there says what an earlier run could not map: it is left as it is, unless it is named. */
const openReport = async (named: string | undefined, file: string): Promise<{ report: string; handle: FileHandle }> => {
  for (let n = 1; ; n++) {
    const report = named ?? `${file}.import${n === 1 ? '' : `-${n}`}.ndjson`;
    try {
      return { report, handle: await open(report, named === undefined ? 'wx' : 'w') };
    } catch (error) {
      if (named === undefined && (error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Unusable(`The report cannot be written: ${(error as Error).message}. --report names another place.`);
    }
  }
};

/** Typed without being shown. */
const askForPassword = async (): Promise<string> => {
  if (!process.stdin.isTTY) throw new Unusable('Give the password in the variable PASSWORD, or run this in a terminal.');
  const hidden = Object.assign(Object.create(process.stderr), { write: () => true }) as NodeJS.WriteStream;
  process.stderr.write('Password: ');
  const ask = createInterface({ input: process.stdin, output: hidden, terminal: true });
  const password = await ask.question('');
  ask.close();
  process.stderr.write('\n');
  return password;
};

run().catch((error: unknown) => {
  const expected = [Unusable, DoorRefused, NoOneOrganisation].some((kind) => error instanceof kind);
  process.stderr.write(
    `\n${expected ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
