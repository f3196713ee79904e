import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import { escapeHtml } from '../html.ts';
import { isSwitchable } from '../isSwitchable.ts';
import { catalogues, write } from '../texts/write.ts';
import type { Told } from '../told.ts';
import type { UnsubscribeLinks } from '../unsubscribeLinks.ts';
import { invitationOf } from './invitation.ts';
import type { Mail } from './mail.ts';

export type MailParts = {
  readonly id: string;
  readonly at: string;
  readonly told: Told;
  readonly person: { readonly userId: string; readonly name: string; readonly email: string };
  readonly organisation: string;
  readonly language: PersonLanguage;
  readonly timeZone: string;
};

export type ComposeMail = (parts: MailParts) => Mail;

/**
 * Writes the mail of a notification in text and HTML, and where it changes a calendar, for that too. `publicUrl` is where the portal
 * stands, `organiser` the address that mails come from. Somebody without an account has nothing to open and nothing to switch off.
 */
export const composeMail =
  ({ publicUrl, links, organiser }: { publicUrl: string; links: UnsubscribeLinks; organiser: string }): ComposeMail =>
  ({ id, at, told, person, organisation, language, timeZone }) => {
    const { mail, names } = catalogues[language];
    const { subject, body } = write(told, language, timeZone);
    const paragraphs = [mail.greeting(person.name), ...body];
    const page = told.addressee ? undefined : new URL(told.link, publicUrl).href;
    const open = page === undefined ? undefined : { label: mail.open, address: page };
    const token =
      told.addressee || !isSwitchable(told.kind) ? undefined : links.tokenFor({ user: person.userId, kind: told.kind });
    const unsubscribe = token && new URL(`/api/notifications/unsubscribe/${token}`, publicUrl).href;
    const stop = unsubscribe && { label: mail.unsubscribe(names[told.kind]), address: unsubscribe };
    const footer = {
      why: told.addressee ? mail.whyInvited(organisation) : mail.why(organisation),
      ...(stop ? { stop } : told.addressee ? {} : { note: mail.mustBeKnown }),
    };
    const reader = { name: person.name, address: person.email };
    const invitation = invitationOf(told, { reader, language, organiser, at, url: page });
    return {
      id,
      kind: told.kind,
      at,
      to: { name: person.name, address: person.email },
      language,
      subject,
      text: asText(paragraphs, open, footer),
      html: asHtml(language, subject, paragraphs, open, footer),
      ...(invitation ? { invitation } : {}),
      ...(unsubscribe ? { unsubscribe } : {}),
    };
  };

type Link = { readonly label: string; readonly address: string };
type Footer = { readonly why: string; readonly stop?: Link; readonly note?: string };

const asText = (paragraphs: readonly string[], open: Link | undefined, { why, stop, note }: Footer): string =>
  [
    ...paragraphs,
    ...(open ? [`${open.label}:\n${open.address}`] : []),
    ['-- ', why, ...(stop ? [`${stop.label}: ${stop.address}`] : []), ...(note ? [note] : [])].join('\n'),
  ].join('\n\n');

const asHtml = (
  language: string,
  subject: string,
  paragraphs: readonly string[],
  open: Link | undefined,
  { why, stop, note }: Footer,
): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#fff;color:#1b1f24;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:36em;margin:0 auto">
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('\n')}
${open ? `<p style="margin:28px 0">${anchor(open, 'display:inline-block;padding:10px 18px;background:#0b5d4e;color:#fff;border-radius:6px;text-decoration:none')}</p>` : ''}
<hr style="border:0;border-top:1px solid #d5d9de">
<p style="font-size:14px;color:#57606a">${escapeHtml(why)}${stop ? `<br>${anchor(stop, 'color:#57606a')}` : ''}${note ? `<br>${escapeHtml(note)}` : ''}</p>
</main>
</body>
</html>
`;

const anchor = ({ label, address }: Link, style: string): string =>
  `<a href="${escapeHtml(address)}" style="${style}">${escapeHtml(label)}</a>`;
