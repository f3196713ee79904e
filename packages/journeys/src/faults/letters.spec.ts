import { describe, expect, it } from 'vitest';
import { soundHistory } from './check/recorded.fixture.ts';
import { type DeadLetterTool, goThroughLetters, lettersOf } from './letters.ts';

/** A command that does what it should over the letters of the sound history, unless one of its words fails. */
const tool = (failing?: 'list' | 'show' | 'replay' | 'drop', waits = 0): DeadLetterTool => {
  let replays = 0;
  let left = lettersOf(soundHistory());
  return async (command, name) => {
    if (command === failing) return { code: 0, out: '' };
    const chosen = left.filter((letter) => name === '--all' || letter.name === name);
    const names = (some: typeof left) => some.map((letter) => `${letter.name}\n`).join('');
    switch (command) {
      case 'list':
        return {
          code: 0,
          out: left.length === 0 ? 'There are no dead letters' : `${names(left)}${left.length} dead letters.`,
        };
      case 'show':
        return { code: 0, out: chosen.map((one) => `${one.name} ${one.document.subject} ${one.document.error}`).join() };
      case 'replay':
        replays += 1;
        return { code: 1, out: `${name} ${replays > waits ? 'failed again' : 'waits: tenders hears it as soon as it runs'}` };
      default:
        left = left.filter((letter) => !chosen.includes(letter));
        return { code: 0, out: chosen.map((letter) => `dropped ${letter.name}\n`).join('') };
    }
  };
};

describe('going through what poison left', () => {
  it('finds nothing wrong with a command that lists, shows, replays and drops', async () =>
    expect(await goThroughLetters(tool(), soundHistory())).toEqual([]));
  it('lets a letter be heard once more when nobody has heard it yet, and not for ever', async () => {
    expect(await goThroughLetters(tool(undefined, 3), soundHistory())).toEqual([]);
    expect((await goThroughLetters(tool(undefined, 1_000), soundHistory())).join()).toContain('waits');
  });
  it.each(['list', 'show', 'replay', 'drop'] as const)('finds a command whose %s does nothing', async (failing) =>
    expect((await goThroughLetters(tool(failing), soundHistory())).join()).toContain(`dead-letters ${failing}`),
  );
  it('takes a run that left nothing for one that showed nothing', async () =>
    expect(await goThroughLetters(tool(), { ...soundHistory(), databases: {} })).toHaveLength(1));
});
