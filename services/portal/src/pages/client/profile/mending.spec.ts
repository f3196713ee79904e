import { readFileSync } from 'node:fs';
import { mustHaveSubjects, reasonSubjects } from '@umuhuza/contracts/matching/schemas';
import { describe, expect, it } from 'vitest';
import { texts } from '../texts/matching/en.ts';
import { fieldAskedFor, fieldLink, mendingOf } from './mending.ts';

const forms = ['ProfileForm', 'WorkFields']
  .map((file) => readFileSync(new URL(`../views/profile/${file}.tsx`, import.meta.url), 'utf8'))
  .join('\n')
  // Both sides are drawn by the same lines.
  .replaceAll(/\{`\$\{side\}(\.\w+)`\}/g, '"offers$1" "needs$1"');

describe('what a profile lacks', () => {
  it.each([...reasonSubjects, ...mustHaveSubjects, 'profile'].filter((subject) => subject !== 'other-country'))(
    'is mended at a field that the form has: %s',
    (subject) => {
      const mending = mendingOf(`${subject}:some thing`);
      expect(forms).toContain(`"${mending?.field}"`);
      expect(texts).toHaveProperty([`mend-${mending?.advice}`]);
    },
  );
  it('cannot be mended where no profile could', () => expect(mendingOf('other-country')).toBeUndefined());
  it('is found by the address again', () => {
    expect(fieldAskedFor(fieldLink('offers.skills'))).toBe('offers.skills');
    expect(fieldAskedFor('#/profile/edit')).toBeUndefined();
  });
});
