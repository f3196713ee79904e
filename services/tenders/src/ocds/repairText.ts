import { decodeHTMLStrict } from 'entities';

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

/** The tags that notices come with when they were written in a form on a page; what looks like a tag and is none of them stays. */
const lineBreaking = /<\/?(?:p|br|div|li|ul|ol|tr|table|h[1-6])\b[^<>]{0,500}>/gi;
const inline = /<\/?(?:b|i|u|em|strong|span|a|td|th|tbody|thead|font)\b[^<>]{0,500}>/gi;

/** Text that was markup: tags gone, entities as the characters they mean, also where they were written as entities twice. */
const mendMarkup = (text: string): string => {
  const plain = text.replace(lineBreaking, '\n').replace(inline, '');
  return /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/i.test(plain)
    ? decodeHTMLStrict(plain.replace(/&amp;(?=#?\w{1,30};)/gi, '&')).replaceAll('\u00a0', ' ')
    : plain;
};

/** Control characters except line end and tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A notice's text as its author meant it: encoding, line ends and markup mended, control characters and outer blanks taken away. */
export const repairText = (text: string): string =>
  mendLineEnds(mendMarkup(mendEncoding(text.replace(/\r\n?/g, '\n'))))
    .replace(control, '')
    // From where the blanks begin only: tried from each of them, a long row of blanks takes the square of its length.
    .replace(/(?<![^\S\n])[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
