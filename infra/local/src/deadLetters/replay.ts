import { setTimeout as delay } from 'node:timers/promises';
import type { DeadLetter } from '@umuhuza/eventing/deadLetters';
import { type Found, nameOf } from './letters.ts';

export type Replayed = { readonly found: Found; readonly ended: 'heard' | 'waits' | DeadLetter };

const lookEvery = 250;

/** Asks the subscribers, and looks until each letter is gone, failed again, or `patience` milliseconds brought no news at all. */
export const replayAll = async (
  all: readonly Found[],
  onEnded: (replayed: Replayed) => void,
  patience = 15_000,
): Promise<void> => {
  for (const { letters, letter } of all) await letters.askReplay(letter._id, new Date());
  let open = [...all];
  let until = performance.now() + patience;
  while (open.length > 0 && performance.now() < until) {
    await delay(lookEvery);
    for (const found of open) {
      const now = await found.letters.find(found.letter._id);
      if (now?.replayFrom) continue;
      open = open.filter((other) => other !== found);
      until = performance.now() + patience;
      onEnded({ found, ended: now ?? 'heard' });
    }
  }
  for (const found of open) onEnded({ found, ended: 'waits' });
};

export const replayedLine = ({ found, ended }: Replayed): string => {
  const name = nameOf(found);
  if (ended === 'heard') return `✓ ${name} was heard`;
  if (ended === 'waits') return `… ${name} waits: ${found.service} hears it as soon as it runs`;
  return `✗ ${name} failed again (${ended.tries} tries): ${ended.error}`;
};
