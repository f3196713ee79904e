import { de } from './de.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** The languages in which reasons are told; a new one is one file of words and a line here. */
export const wordsIn = { en, de } as const satisfies Record<string, Words>;
export type Language = keyof typeof wordsIn;
