import { parseArgs } from 'node:util';
import { CannotDo, connectDatabases, eventServices, runTool, serviceNamed } from '../tools/runningSystem.ts';
import { listing, noLetters, whole } from './display.ts';
import { allLetters, type Found, letterNamed, lettersBeyond, nameOf } from './letters.ts';
import { replayAll, replayedLine } from './replay.ts';

const usage = `npm run dead-letters -- list | show <id> | replay <id> | drop <id>   [--service <name>] [--all]

Events a service could not handle, as they came, with the reason. They lie with that service; the others have theirs.
  list       what there is
  show       one of them, with its error and all it carries
  replay     lets its subscriber hear it again, and no other; what fails again stays, with the newer error
  drop       deletes it for good
  --service  of this service only
  --all      replay or drop: all of them (with --service: all of that service's)`;

const run = async (): Promise<number> => {
  const { values, positionals } = readArguments();
  const [command = values.help ? 'help' : 'list', id, surplus] = positionals;
  if (values.help || command === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (!['list', 'show', 'replay', 'drop'].includes(command) || surplus !== undefined)
    throw new CannotDo(`${surplus ?? command} is not known.\n\n${usage}`);
  const services = values.service === undefined ? eventServices : [serviceNamed(values.service)];
  const databases = await connectDatabases(process.env);
  try {
    const all = await allLetters(databases, services);
    const beyond = await lettersBeyond(databases, services);
    if (beyond > 0) process.stderr.write(`${beyond} newer ones are left out; they are here once older ones are gone.\n`);
    if (command === 'list') return say(...listing(all, process.stdout.columns ?? 200));
    const chosen = choose(all, command, id, values.all);
    if (command === 'show') return say(...chosen.flatMap(whole));
    if (chosen.length === 0) return say(noLetters);
    return command === 'replay' ? await replay(chosen) : await drop(chosen);
  } finally {
    await databases.close();
  }
};

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        service: { type: 'string' },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CannotDo(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
};

const say = (...lines: readonly string[]): number => {
  for (const line of lines) process.stdout.write(`${line}\n`);
  return 0;
};

const choose = (all: readonly Found[], command: string, id: string | undefined, wantsAll: boolean): readonly Found[] => {
  if (id !== undefined) return [letterNamed(all, id)];
  if (wantsAll && command !== 'show') return all;
  throw new CannotDo(`Say which: npm run dead-letters -- ${command} <id>${command === 'show' ? '' : ', or --all'}`);
};

/** 1 when a letter failed again or still waits. */
const replay = async (chosen: readonly Found[]): Promise<number> => {
  let heard = 0;
  await replayAll(chosen, (replayed) => {
    if (replayed.ended === 'heard') heard += 1;
    say(replayedLine(replayed));
  });
  if (chosen.length > 1) say(`${heard} of ${chosen.length} were heard.`);
  return heard === chosen.length ? 0 : 1;
};

const drop = async (chosen: readonly Found[]): Promise<number> => {
  for (const found of chosen) {
    await found.letters.drop(found.letter._id);
    say(`dropped ${nameOf(found)}`);
  }
  return 0;
};

await runTool(run);
