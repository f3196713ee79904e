import { table } from '../tools/table.ts';
import { type Found, nameOf } from './letters.ts';

export const noLetters = 'There are no dead letters: every event was handled.';

const instant = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

export const listing = (all: readonly Found[], width: number): string[] =>
  all.length === 0
    ? [noLetters]
    : [
        ...table(
          ['id', 'failed', 'tries', 'event', 'error'],
          all.map((found) => [
            nameOf(found),
            instant(found.letter.at),
            `${found.letter.tries}${found.letter.replayFrom ? ' ↻' : ''}`,
            found.letter.subject,
            found.letter.error,
          ]),
          width,
        ),
        '',
        `${all.length} dead letter${all.length === 1 ? '' : 's'}.${all.some(({ letter }) => letter.replayFrom) ? ' ↻: asked to be heard again.' : ''} The whole of one: npm run dead-letters -- show <id>`,
      ];

export const whole = (found: Found): string[] => {
  const { service, letter } = found;
  return [
    nameOf(found),
    `  subscriber  ${service}`,
    `  stream      ${letter.stream}, message ${letter.streamSequence}`,
    `  subject     ${letter.subject}`,
    `  failed      ${instant(letter.at)}, after ${letter.tries} ${letter.tries === 1 ? 'try' : 'tries'}`,
    `  error       ${letter.error.replaceAll('\n', '\n              ')}`,
    ...(letter.replayFrom ? ['  replay      asked for'] : []),
    '',
    ...asText(letter.payload).split('\n'),
  ];
};

const asText = (payload: Buffer): string => {
  const text = payload.toString();
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // Shown as it came: that it is no JSON may be why it is here.
  }
};
