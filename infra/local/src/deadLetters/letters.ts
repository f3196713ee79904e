import { type DeadLetter, type DeadLetters, openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { CannotDo, type Databases } from '../tools/runningSystem.ts';

/** A dead letter in the hands of the service that could not handle it. */
export type Found = { readonly service: string; readonly letters: DeadLetters; readonly letter: DeadLetter };

/** As people name it: `matching/PROFILES-42-1a2b3c`. */
export const nameOf = ({ service, letter }: Found): string => `${service}/${letter._id}`;

/** The most that are taken of one service in one go. */
const most = 10_000;

/** How many more there are than `allLetters` takes. */
export const lettersBeyond = async (databases: Databases, services: readonly string[], taken = most): Promise<number> => {
  const counts = await Promise.all(services.map((service) => openDeadLetters(databases.of(service)).count()));
  return counts.reduce((sum, count) => sum + Math.max(0, count - taken), 0);
};

/** The dead letters of these services, the oldest failure first, and of each service no more than 10,000. */
export const allLetters = async (databases: Databases, services: readonly string[]): Promise<Found[]> => {
  const found = await Promise.all(
    services.map(async (service) => {
      const letters = openDeadLetters(databases.of(service));
      return (await letters.list(most)).map((letter): Found => ({ service, letters, letter }));
    }),
  );
  return found.flat().sort((a, b) => a.letter.at.getTime() - b.letter.at.getTime());
};

/** The one letter of this name, with or without its service before it. */
export const letterNamed = (all: readonly Found[], name: string): Found => {
  const [first, ...more] = all.filter((found) => nameOf(found) === name || found.letter._id === name);
  if (!first) throw new CannotDo(`There is no dead letter ${name}. List them: npm run dead-letters -- list`);
  if (more.length > 0)
    throw new CannotDo(`Several services hold ${name}. Name one of: ${[first, ...more].map(nameOf).join(', ')}`);
  return first;
};
