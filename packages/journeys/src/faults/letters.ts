import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { collection, type Document, type History } from './history.ts';

/** What `npm run dead-letters -- …` said. */
type Said = { readonly code: number; readonly out: string };
/** Runs the command as an operator of this data directory does. */
export type DeadLetterTool = (...args: readonly string[]) => Promise<Said>;

export const deadLetterToolOf =
  (dataDir: string): DeadLetterTool =>
  (...args) =>
    new Promise((resolve) =>
      execFile(
        process.execPath,
        [fileURLToPath(import.meta.resolve('@umuhuza/local/deadLetters/main')), ...args],
        { env: { PATH: process.env.PATH, DATA_DIR: dataDir }, maxBuffer: 64 << 20 },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out: `${out}${err}` }),
      ),
    );

/** How often an operator tries to have a letter heard; each time takes a quarter of a minute when nobody hears it. */
const mostTimes = 20;

type Letter = { readonly name: string; readonly document: Document };

/** The dead letters of all databases, as the command names them. */
export const lettersOf = (history: History): Letter[] =>
  Object.keys(history.databases).flatMap((service) =>
    collection(history, service, 'deadLetters').map((document) => ({ name: `${service}/${document._id}`, document })),
  );

/**
 * An operator goes through what the poison left: lists it, looks at one, lets it be heard again, drops it, and drops the rest. Answers
 * what did not go as it should, in words.
 */
export const goThroughLetters = async (tool: DeadLetterTool, history: History): Promise<string[]> => {
  const letters = lettersOf(history);
  const [first] = letters;
  if (!first) return ['there is no dead letter to go through'];
  const wrong: string[] = [];
  const expecting = async (args: readonly string[], code: number, says: readonly string[], silentOf: readonly string[] = []) => {
    const said = await untilHeard(args);
    const missing = says.filter((text) => !said.out.includes(text));
    const surplus = silentOf.filter((text) => said.out.includes(text));
    if (said.code === code && missing.length + surplus.length === 0) return;
    wrong.push(
      `dead-letters ${args.join(' ')} ended with ${said.code} instead of ${code}; missing: ${missing.join(' | ')}; surplus: ${surplus.join(' | ')}; it said ${said.out.slice(0, 500)}`,
    );
  };
  /** A subscriber that is busy with others has not heard it yet: the operator lets it be heard once more. */
  const untilHeard = async (args: readonly string[]): Promise<Said> => {
    for (let times = 1; ; times++) {
      const said = await tool(...args);
      if (args[0] !== 'replay' || times === mostTimes || !said.out.includes(' waits: ')) return said;
    }
  };
  const names = letters.map(({ name }) => name);
  const others = names.slice(1);
  await expecting(['list'], 0, [...names, `${letters.length} dead letter`]);
  await expecting(['show', first.name], 0, [
    first.name,
    String(first.document.subject),
    String(first.document.error).split('\n')[0] ?? '',
  ]);
  // What is no event of ours is none the second time either.
  await expecting(['replay', first.name], 1, [`${first.name} failed again`]);
  await expecting(['list'], 0, names);
  await expecting(['drop', first.name], 0, [`dropped ${first.name}`]);
  await expecting(['list'], 0, others, [first.name]);
  await expecting(['drop', '--all'], 0, others);
  await expecting(['list'], 0, ['no dead letters'], names);
  return wrong;
};
