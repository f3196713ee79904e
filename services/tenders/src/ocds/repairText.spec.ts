import { describe, expect, it } from 'vitest';
import { repairText } from './repairText.ts';

describe('mending the text of a notice', () => {
  it('reads UTF-8 that was once read as windows-1252', () => {
    expect(repairText('â€¢ 10 x upgrade')).toBe('• 10 x upgrade');
    expect(repairText('BÃ¼ro fÃ¼r Vergabe â€“ â‚¬ 5')).toBe('Büro für Vergabe – € 5');
  });
  it('leaves text that is right as it is', () => {
    for (const text of ['Büro für Vergabe – € 5', 'São Tomé, Ürün', 'Ubumuntu n’ubufatanye', 'Ã alone', 'Straße “A” – 5 °C'])
      expect(repairText(text)).toBe(text);
  });
  it('mends line ends that lost their backslashes, where no word can be meant', () => {
    expect(repairText('To access this competition: rnrnRegistered:rnLogin')).toBe(
      'To access this competition:\n\nRegistered:\nLogin',
    );
    expect(repairText('(2 new robots)rnâ€¢ 10 x')).toBe('(2 new robots)\n• 10 x');
    expect(repairText('Background:rn      Sandwell')).toBe('Background:\n      Sandwell');
  });
  it('takes no letters from words', () => {
    for (const text of ['modern', 'return the intern', 'inrnprocessing', 'a modern. Return', 'Lucerne, Bern'])
      expect(repairText(text)).toBe(text);
  });
  it('takes markup for what it means', () => {
    expect(repairText('<p>Design &amp; build</p><ul><li>One</li><li class="x">Two&nbsp;and&#8211;half</li></ul>')).toBe(
      'Design & build\n\nOne\n\nTwo and–half',
    );
    expect(repairText('Research &amp;amp; &quot;Development&quot;')).toBe('Research & "Development"');
    for (const text of ['a < b and c > d', 'AT&T', 'R&D; more', 'List<String> values', '&nosuch;'])
      expect(repairText(text)).toBe(text);
  });
  // Told by the time it takes, which the runner bounds: each of these took minutes.
  it('is not held up by long rows of blanks', () => {
    for (const blanks of [' ', '\t', '\u00a0', ' \t']) {
      expect(repairText(`One${blanks.repeat(300_000)}two`)).toHaveLength(6 + blanks.length * 300_000);
      expect(repairText(`One${blanks.repeat(300_000)}\ntwo`)).toBe('One\ntwo');
    }
  });
  it('writes one kind of line end and no control characters', () =>
    expect(repairText('One\r\nTwo\rThree\u0000\u0007 \n\n\n\nFour\t5  ')).toBe('One\nTwo\nThree\n\nFour\t5'));
});
