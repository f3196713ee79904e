import { randomUUID } from 'node:crypto';
import { mustBeKnown, type SubscriptionView } from '@umuhuza/contracts/notifications/schemas';
import { type CommandCause, fingerprint } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { sendProblem } from '@umuhuza/service/problems';
import { requestIdOf } from '@umuhuza/service/requestId';
import type { Request, RequestHandler, Response } from 'express';
import { escapeHtml } from './html.ts';
import { channelsOf, isWanted } from './preferences/preferences.ts';
import { switchOffMail } from './preferences/switchOffMail.ts';
import { wishesOf } from './preferencesBook.ts';
import { refuse } from './problems.ts';
import { type ReaderDeps, readerOf } from './readers.ts';
import { catalogues } from './texts/write.ts';
import type { MailSubscription, UnsubscribeLinks } from './unsubscribeLinks.ts';

export type UnsubscribeDeps = ReaderDeps & { readonly links: UnsubscribeLinks; readonly clock: Clock };

/** Mail programs and link scanners open links; so opening one changes nothing (RFC 8058). People get a page with one button. */
export const showUnsubscribeLink =
  ({ links, ...readers }: UnsubscribeDeps): RequestHandler =>
  async (req, res) => {
    const about = links.read(String(req.params.token));
    if (!about) return refuseLink(req, res);
    const wishes = await wishesOf(readers.preferences, about.user);
    const email = isWanted(wishes, about.kind, 'email', mustBeKnown);
    await show(req, res, readers, about, { kind: about.kind, email });
  };

/** One click, from a mail program (a form without a sign-in) or from the page. Told again it answers the same. */
export const unsubscribe =
  ({ links, clock, ...readers }: UnsubscribeDeps): RequestHandler =>
  async (req, res) => {
    const about = links.read(String(req.params.token));
    if (!about) return refuseLink(req, res);
    const { kind, user } = about;
    const change = await readers.preferences.change(
      user,
      (wishes) => switchOffMail(wishes, { kind, mustBeKnown }),
      causeOf(req, user, clock),
    );
    if (change.outcome === 'refused') return sendProblem(res, refuse(req, change.refused, change.detail));
    await show(req, res, readers, about, { kind, email: change.outcome === 'done' && channelsOf(change.state, kind).email });
  };

/** Nobody is signed in; whoever holds the link acts for the person it was sent to. */
const causeOf = (req: Request, user: string, clock: Clock): CommandCause => ({
  kind: 'command',
  id: randomUUID(),
  fingerprint: fingerprint(req.method, req.originalUrl, null),
  repeatable: false,
  correlationId: requestIdOf(req),
  actor: { user, organisation: user },
  at: clock(),
});

const wantsPage = (req: Request): boolean => req.accepts(['json', 'html']) === 'html';

const show = async (
  req: Request,
  res: Response,
  readers: ReaderDeps,
  { user, kind }: MailSubscription,
  view: SubscriptionView,
) => {
  res.vary('Accept');
  if (!wantsPage(req)) return void res.json(view);
  const { language } = await readerOf(readers, user);
  const { unsubscribePage, names } = catalogues[language];
  const said = view.email
    ? `<p>${escapeHtml(unsubscribePage.question(names[kind]))}</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${escapeHtml(unsubscribePage.button)}</button></form>`
    : `<p>${escapeHtml(unsubscribePage.done(names[kind]))}</p>`;
  res.type('html').send(page(language, unsubscribePage.title, `${said}\n<p>${escapeHtml(unsubscribePage.elsewhere)}</p>`));
};

const refuseLink = (req: Request, res: Response): void => {
  if (!wantsPage(req)) {
    sendProblem(res, refuse(req, 'unknown-link'));
    return;
  }
  const { unsubscribePage } = catalogues.en;
  res
    .status(404)
    .type('html')
    .send(page('en', unsubscribePage.title, `<p>${escapeHtml(unsubscribePage.unknown)}</p>`));
};

/** Without any style of its own: the door allows none inline, and a phone shows it well as it is. */
const page = (language: string, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
