import { describe, expect, it } from 'vitest';
import type { Told } from '../told.ts';
import { unsubscribeLinks } from '../unsubscribeLinks.ts';
import { composeMail } from './composeMail.ts';
import { fileNameOf } from './folderPost.ts';

const links = unsubscribeLinks('a secret of at least thirty-two characters');
const compose = composeMail({ publicUrl: 'https://umuhuza.example', links, organiser: 'notifications@umuhuza.example' });
const person = { userId: 'user-1', name: 'Demonstration Owner', email: 'owner@demonstration.example' };
const told: Told = {
  kind: 'tender-matched',
  data: { title: 'A portal', deadline: '2026-11-23T12:00:00.000Z', reasons: [] },
  other: { organisationId: 'o1', name: 'Demonstration Logistik GmbH' },
  link: '/tenders/t1',
};
const parts = {
  id: 'n1',
  at: '2026-11-23T12:00:00.000Z',
  told,
  person,
  organisation: 'Demonstration Software Ltd',
  language: 'en',
  timeZone: 'Africa/Kigali',
} as const;

describe('a mail', () => {
  it('says the same in text and in HTML, with the link and why it came', () => {
    const mail = compose(parts);
    for (const form of [mail.text, mail.html]) {
      expect(form).toContain('Hello Demonstration Owner,');
      expect(form).toContain('Mon, 23 Nov 2026, 14:00 (Kigali) / 13:00 (Berlin)');
      expect(form).toContain('https://umuhuza.example/tenders/t1');
      expect(form).toContain('because you are a member of Demonstration Software Ltd');
    }
  });
  it('is written in the reader’s language', () =>
    expect(compose({ ...parts, language: 'de' })).toMatchObject({
      language: 'de',
      subject: 'Eine Ausschreibung, die zu Ihnen passt: A portal',
    }));
  it('shows what others wrote as text, never as HTML', () => {
    const evil = '<img src=x onerror=alert(1)> & "quotes"';
    const { html, text } = compose({
      ...parts,
      organisation: evil,
      person: { ...person, name: evil },
      told: { ...told, data: { ...told.data, title: evil }, other: { organisationId: 'o1', name: evil } } as Told,
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;');
    expect(text).toContain(evil);
  });
  it('can be switched off by a link of its own', () => {
    const { unsubscribe, text, html } = compose(parts);
    expect(unsubscribe).toBe(
      `https://umuhuza.example/api/notifications/unsubscribe/${links.tokenFor({ user: 'user-1', kind: 'tender-matched' })}`,
    );
    expect(text).toContain(`No more e-mail about tenders that fit you: ${unsubscribe}`);
    expect(html).toContain(unsubscribe);
  });
  it('says so instead where it must be known', () => {
    const outcome: Told = { ...told, kind: 'award-outcome', data: { title: 'A portal', outcome: 'won', reason: 'Best score' } };
    const mail = compose({ ...parts, told: outcome });
    expect(mail).not.toHaveProperty('unsubscribe');
    expect(mail.text).toContain('cannot be switched off');
    expect(mail.text).not.toContain('/unsubscribe/');
  });
});

describe('the file of a mail', () => {
  it('sorts by time, says what it is and names nobody', () =>
    expect(fileNameOf(compose(parts))).toBe('2026-11-23T12-00-00.000Z-tender-matched-n1.eml'));
});
