/** What windows-1252 makes of each byte from 0x80: the reading that breaks UTF-8 text into â€¢ and Ã¼. */
const brokenBytes = new Map(
  Array.from({ length: 0x80 }, (_, n) => [new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + n)), 0x80 + n]),
);
const brokenRun = new RegExp(
  `[${[...brokenBytes.keys()].map((char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join('')}]{2,}`,
  'gu',
);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text whose UTF-8 was once read as windows-1252, read rightly; anything that was no such text stays. */
const mendEncoding = (text: string): string =>
  text.replace(brokenRun, (run) => {
    try {
      return utf8.decode(Uint8Array.from([...run].map((char) => brokenBytes.get(char) ?? 0)));
    } catch {
      return run;
    }
  });

/**
 * Line ends that lost their backslashes: "\r\n" left as "rn". Mended only where no word can be meant: doubled, or between the end of a
 * sentence and the beginning of the next; elsewhere ("modern", "return") it is left as it is.
 */
const mendLineEnds = (text: string): string =>
  text.replace(/(?:rn){2,}/g, '\n\n').replace(/(?<=[\s.:;,!?)])rn(?=[\s\p{Lu}\d•–-]|$)/gu, '\n');

/** Control characters except line end and tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A notice's text as its author meant it: encoding and line ends mended, control characters and outer blanks taken away. */
export const repairText = (text: string): string =>
  mendLineEnds(mendEncoding(text.replace(/\r\n?/g, '\n')))
    .replace(control, '')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
