import { setTimeout as delay } from 'node:timers/promises';
import { effect } from './check/effects.ts';
import type { Command } from './history.ts';
import { companyOf } from './town.ts';

/** A new company registers while identity is being killed; it goes on until it is in. */
export const enterOnce = async (door: string, slug: string, n: number, givesUpAt: () => number): Promise<Command> => {
  const at = new Date().toISOString();
  const named = {
    n: -1 - n,
    at,
    what: 'registers',
    organisation: slug,
    key: slug,
    effect: effect.organisation(slug),
    toldAgain: [],
  };
  for (let tries = 1; performance.now() < givesUpAt(); tries++) {
    try {
      const { organisationId } = await companyOf(door, 'DE', slug);
      return { ...named, about: organisationId, tries, told: [{ status: 200, body: organisationId }] };
    } catch {
      // A part of the way may have been gone; entering again finds what was made.
      await delay(300);
    }
  }
  return { ...named, tries: 0, told: [] };
};
