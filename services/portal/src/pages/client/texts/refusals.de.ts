import type { documentProblems } from '@umuhuza/contracts/documents';
import type { authProblems } from '@umuhuza/contracts/identity/authProblems';
import type { identityProblems } from '@umuhuza/contracts/identity/problems';
import type { matchingProblems } from '@umuhuza/contracts/matching/problems';
import type { notificationsProblems } from '@umuhuza/contracts/notifications/problems';
import type { CommonProblem, ProblemText } from '@umuhuza/contracts/problem';
import type { DoorProblem } from '../../../door/problems.ts';

type OfNoArea =
  | CommonProblem
  | DoorProblem
  | keyof typeof authProblems
  | keyof typeof documentProblems
  | keyof typeof identityProblems
  | keyof typeof matchingProblems
  | keyof typeof notificationsProblems;

/** The refusals that can be met anywhere on the page, or that several areas share, by their name. */
export const refusals = {
  'document-type-not-taken': {
    title: 'Dokumente dieser Art werden nicht angenommen',
    detail:
      'Angenommen werden PDF, Office und OpenDocument, Bilder (PNG, JPEG, GIF, WebP, TIFF, HEIC) und Text; es zählt der Inhalt, nicht der Name.',
  },
  'document-too-large': {
    title: 'Das Dokument ist zu groß',
    detail: 'Ein Dokument darf 20 MB haben. Verkleinern Sie es, oder teilen Sie es auf.',
  },
  'document-empty': { title: 'Das Dokument ist leer', detail: 'Wählen Sie eine Datei, die etwas enthält.' },
  'too-many-documents': {
    title: 'Das sind zu viele Dokumente',
    detail: 'Löschen Sie eines, das nicht gebraucht wird, oder fassen Sie mehrere zu einem zusammen.',
  },
  'no-such-document': {
    title: 'Dieses Dokument gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder das Dokument wurde entfernt.',
  },
  'invalid-request': { title: 'Die Eingaben stimmen noch nicht', detail: 'Etwas fehlt oder hat nicht die richtige Form:' },
  'invalid-email-or-password': {
    title: 'E-Mail-Adresse oder Passwort ist falsch',
    detail: 'Prüfen Sie beides und versuchen Sie es noch einmal. Was von beidem falsch ist, sagen wir nicht.',
  },
  'user-already-exists': {
    title: 'Diese E-Mail-Adresse hat schon ein Konto',
    detail: 'Melden Sie sich damit an, oder wählen Sie eine andere Adresse.',
  },
  'organization-already-exists': {
    title: 'Dieser Kurzname ist vergeben',
    detail: 'Ein anderes Unternehmen hat ihn. Wählen Sie einen anderen.',
  },
  'email-taken': {
    title: 'Diese E-Mail-Adresse hat schon ein Konto',
    detail: 'Wählen Sie für das Programmbüro eine andere Adresse.',
  },
  'wrong-code': {
    title: 'Der Code stimmt nicht',
    detail: 'Benutzen Sie den ganzen Link, wie ihn das Terminal beim ersten Start gezeigt hat.',
  },
  'programme-office-closed': {
    title: 'Der Einmal-Link wurde benutzt',
    detail: 'Das Programmbüro hat sein Konto; melden Sie sich damit an.',
  },
  'not-signed-in': { title: 'Sie sind nicht angemeldet', detail: 'Melden Sie sich noch einmal an.' },
  'not-allowed': {
    title: 'Ihre Rolle erlaubt das nicht',
    detail: 'Fragen Sie jemanden, der Ihr Unternehmen hier verwaltet.',
  },
  'not-found': { title: 'Hier ist nichts', detail: 'Die Adresse stimmt nicht, oder was sie nennt, ist nicht für Sie sichtbar.' },
  'no-such-tender': {
    title: 'Diese Ausschreibung gibt es nicht',
    detail:
      'Die Adresse stimmt nicht, oder die Ausschreibung ist für Sie nicht sichtbar: ein Entwurf eines anderen Unternehmens, oder nur für andere Firmen.',
  },
  'no-such-cpv-code': {
    title: 'Diesen CPV-Code gibt es hier nicht',
    detail: 'Bekannt sind die Abteilungen 48, 72, 73, 79 und 80 von 2008; suchen Sie nach Wörtern oder den ersten Ziffern.',
  },
  'no-such-booking': {
    title: 'Diese Buchung gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder die Buchung ist nicht für Sie sichtbar.',
  },
  'no-such-slot': { title: 'Diesen Termin gibt es nicht', detail: 'Die Adresse stimmt nicht.' },
  'too-many-requests': { title: 'Zu viele Anfragen', detail: 'Warten Sie einen Moment und versuchen Sie es dann noch einmal.' },
  'service-away': {
    title: 'Ein Teil der Plattform ist gerade nicht da',
    detail: 'Die anderen Teile arbeiten weiter. Versuchen Sie es in ein paar Sekunden noch einmal.',
  },
  'not-ready': {
    title: 'Dieser Teil der Plattform ist noch nicht bereit',
    detail: 'Versuchen Sie es in ein paar Sekunden noch einmal.',
  },
  'cross-site-request': {
    title: 'Diese Anfrage kam von einer anderen Adresse',
    detail: 'Öffnen Sie die Plattform unter ihrer eigenen Adresse und versuchen Sie es dort noch einmal.',
  },
  'unexpected-error': {
    title: 'Bei uns ist etwas schiefgegangen',
    detail: 'Was bestätigt wurde, ist nicht verloren. Versuchen Sie es noch einmal; nennen Sie die Anfrage, wenn es bleibt.',
  },

  'broken-json': {
    title: 'Die Anfrage ließ sich nicht lesen',
    detail: 'Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  },
  'body-too-large': { title: 'Das ist zu viel auf einmal', detail: 'Senden Sie weniger, oder teilen Sie es auf.' },
  'unsupported-media-type': {
    title: 'Diese Art von Inhalt wird nicht verstanden',
    detail: 'Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  },
  'no-organisation': {
    title: 'Es ist kein Unternehmen gewählt',
    detail: 'Tragen Sie ein Unternehmen ein, oder wählen Sie eines von Ihren.',
  },
  'stale-version': {
    title: 'Es hat sich inzwischen geändert',
    detail: 'Laden Sie es neu, sehen Sie, was anders ist, und ändern Sie es dann noch einmal.',
  },
  'key-used-for-another-request': {
    title: 'Diese Anfrage wurde mit anderem Inhalt schon gesendet',
    detail: 'Laden Sie die Seite neu, sehen Sie nach, was angekommen ist, und versuchen Sie es dann noch einmal.',
  },
  'unknown-cursor': { title: 'Hier geht die Liste nicht weiter', detail: 'Laden Sie sie von vorn.' },

  'no-such-organisation': {
    title: 'Dieses Unternehmen ist nicht bekannt',
    detail:
      'Prüfen Sie, ob es das richtige ist. Hat es sich eben erst registriert, versuchen Sie es in ein paar Sekunden noch einmal.',
  },
  'organisation-not-known-yet': {
    title: 'Ihre Registrierung ist noch unterwegs',
    detail: 'Ihr Unternehmen wurde eben erst registriert. Versuchen Sie es in ein paar Sekunden noch einmal.',
  },
  'no-such-interest': {
    title: 'Dieses Interesse gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder es besteht zwischen zwei anderen Unternehmen.',
  },
  'consent-missing': {
    title: 'Ihre Einwilligung fehlt',
    detail: 'Die andere Seite erfährt, wer Sie sind, und den Kontakt, den Sie angeben. Willigen Sie ein, wenn Sie das möchten.',
  },
  'interest-in-oneself': {
    title: 'Das ist Ihr eigenes Unternehmen',
    detail: 'Bekunden Sie Interesse an einem anderen.',
  },
  'interest-open-already': {
    title: 'Zwischen Ihnen ist schon ein Interesse offen',
    detail: 'Beantworten Sie das der anderen Seite, oder warten Sie auf die Antwort auf Ihres; nach 14 Tagen verfällt es.',
  },
  'not-yours-to-answer': {
    title: 'Die andere Seite antwortet',
    detail: 'Dieses Interesse haben Sie bekundet; nur das Unternehmen, das Sie gefragt haben, kann es erwidern oder ablehnen.',
  },
  'interest-answered': {
    title: 'Dieses Interesse ist schon beantwortet',
    detail: 'Eine Antwort bleibt. Bekunden Sie selbst Interesse, wenn Sie es sich anders überlegt haben.',
  },
  'interest-expired': {
    title: 'Dieses Interesse ist verfallen',
    detail: 'Es blieb 14 Tage unbeantwortet. Bekunden Sie selbst Interesse, um neu zu beginnen.',
  },
  'no-such-notification': {
    title: 'Diese Benachrichtigung gibt es nicht',
    detail: 'Sie ist nicht in Ihrem Posteingang. Laden Sie ihn neu.',
  },
  'must-be-known': {
    title: 'Das lässt sich nicht abschalten',
    detail: 'Zuschläge und Absagen müssen die erfahren, die sie betreffen. Alles andere lässt sich abschalten.',
  },
  'unknown-link': {
    title: 'Dieser Link ist nicht bekannt',
    detail: 'Benutzen Sie den ganzen Link aus der E-Mail, oder melden Sie sich an und ändern Sie Ihre Einstellungen.',
  },
  'unknown-position': {
    title: 'Hier gehen die Neuigkeiten nicht weiter',
    detail: 'Laden Sie die Seite neu.',
  },

  'invalid-password': { title: 'Das Passwort ist falsch', detail: 'Geben Sie Ihr jetziges Passwort ein.' },
  'organization-not-found': {
    title: 'Dieses Unternehmen gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder es ist keines von Ihren.',
  },
  'no-active-organization': {
    title: 'Es ist kein Unternehmen gewählt',
    detail: 'Tragen Sie zuerst ein Unternehmen ein, oder wählen Sie eines von Ihren.',
  },
  'user-is-not-a-member-of-the-organization': {
    title: 'Sie sind kein Mitglied dieses Unternehmens',
    detail: 'Bitten Sie jemanden, der es hier verwaltet, Sie einzuladen.',
  },
  'user-is-already-a-member-of-this-organization': {
    title: 'Diese Person ist schon Mitglied',
    detail: 'Es ist nichts zu tun. Wollten Sie ihre Rolle ändern, tun Sie das stattdessen.',
  },
  'user-is-already-invited-to-this-organization': {
    title: 'Diese Person ist schon eingeladen',
    detail: 'Geben Sie ihr die offene Einladung, oder senden Sie sie noch einmal.',
  },
  'invitation-not-found': {
    title: 'Diese Einladung gibt es nicht',
    detail: 'Sie wurde benutzt, zurückgenommen oder ist abgelaufen. Bitten Sie um eine neue.',
  },
  'you-are-not-the-recipient-of-the-invitation': {
    title: 'Diese Einladung ist für eine andere Person',
    detail: 'Melden Sie sich mit der E-Mail-Adresse an, die eingeladen wurde.',
  },
  'member-not-found': {
    title: 'Dieses Mitglied gibt es nicht',
    detail: 'Die Person ist nicht mehr dabei oder war hier nie Mitglied.',
  },
  'you-cannot-leave-the-organization-as-the-only-owner': {
    title: 'Ein Unternehmen braucht einen Inhaber',
    detail: 'Machen Sie zuerst ein anderes Mitglied dazu.',
  },
  'you-cannot-leave-the-organization-without-an-owner': {
    title: 'Ein Unternehmen braucht einen Inhaber',
    detail: 'Machen Sie zuerst ein anderes Mitglied dazu.',
  },
  'missing-or-null-origin': {
    title: 'Die Anfrage sagt nicht, woher sie kommt',
    detail: 'Öffnen Sie die Plattform unter ihrer eigenen Adresse und versuchen Sie es dort noch einmal.',
  },
  'invalid-origin': {
    title: 'Die Anfrage kommt von einer anderen Adresse',
    detail: 'Öffnen Sie die Plattform unter ihrer eigenen Adresse; wer sie betreibt, kann weitere erlauben (TRUSTED_ORIGINS).',
  },
} as const satisfies Readonly<Record<OfNoArea, ProblemText>> & Readonly<Record<string, ProblemText>>;

/** Those of an area: all that the page does not tell already. */
export type TranslatedRefusals<Name extends string> = Readonly<Record<Exclude<Name, keyof typeof refusals>, ProblemText>>;
