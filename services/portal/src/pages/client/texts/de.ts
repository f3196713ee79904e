import type { ProblemText } from '@umuhuza/contracts/problem';
import type { Texts } from './en.ts';

export const de: Texts = {
  'skip-to-content': 'Zum Inhalt springen',
  navigation: 'Seiten',
  overview: 'Übersicht',
  inbox: 'Posteingang',
  tests: 'Tests',
  contacts: 'Kontakte',
  language: 'Sprache',
  'acting-for': 'Sie handeln für',
  'sign-out': 'Abmelden',
  loading: 'Wird geladen …',
  more: 'Mehr anzeigen',
  back: 'Zurück zur Übersicht',
  'not-found': 'Hier ist nichts',
  'not-found-detail': 'Die Adresse stimmt nicht, oder was sie nennt, ist nicht für Sie sichtbar.',

  offline:
    'Keine Verbindung. Was Sie sehen, ist vielleicht nicht mehr aktuell; es wird erneuert, sobald die Verbindung wieder da ist.',
  'connection-lost':
    'Die Verbindung ist abgebrochen. Ihre Eingaben bleiben erhalten und werden so bald wie möglich noch einmal gesendet.',
  'cannot-load': 'Das konnte nicht geladen werden.',
  'cannot-reach': 'Die Plattform ist im Moment nicht erreichbar.',
  'try-again': 'Noch einmal versuchen',
  'request-id': 'Anfrage {{id}}',
  'about-this-refusal': 'Mehr dazu (englisch)',
  sending: 'Wird gesendet …',
  optional: '(freiwillig)',
  'draft-kept': 'Ihre Eingaben bleiben auf diesem Gerät gespeichert, bis sie gesendet sind; Passwörter nicht.',

  welcome: 'Deutsche und ruandische IT-Unternehmen arbeiten zusammen',
  'welcome-detail':
    'Umuhuza findet passende Partner, führt Ausschreibungen mit versiegelten Angeboten durch, bucht Tests mit Nutzern in Ruanda und sagt allen, was sie wissen müssen.',
  'for-buyers': 'Für Unternehmen, die Arbeit vergeben',
  'for-buyers-detail':
    'Ausschreiben, versiegelte Angebote passender Firmen bekommen, nach einer Rangfolge vergeben, die sich selbst erklärt.',
  'for-firms': 'Für IT-Firmen in Ruanda',
  'for-firms-detail':
    'Gefunden werden, bieten und durch Leistung gewinnen. Jedes Angebot bekommt eine Antwort; nichts Käufliches zählt.',
  'for-testers': 'Für Produkte, die nach Ruanda gehen',
  'for-testers-detail':
    'Einen Termin bei einem Gastgeber in Kigali buchen und einen Bericht bekommen. Beide Uhren stimmen immer überein.',

  'sign-in': 'Anmelden',
  'create-account': 'Konto anlegen',
  'have-account': 'Ich habe ein Konto',
  'no-account': 'Ich habe noch kein Konto',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  'new-password': 'Passwort, mindestens 10 Zeichen',
  'your-name': 'Ihr Name',

  'register-company': 'Unternehmen eintragen',
  'register-company-detail': 'Sie werden dessen Inhaber und können sofort dafür handeln.',
  'company-name': 'Name des Unternehmens',
  slug: 'Kurzname in Adressen',
  'slug-hint': 'Kleine Buchstaben, Ziffern und Bindestriche; er lässt sich später nicht ändern.',
  country: 'Sitz',
  'country-hint':
    'Der Sitz lässt sich später nicht ändern: Deutsche Unternehmen schreiben aus und buchen Tests, ruandische Firmen bieten und sind Gastgeber.',
  DE: 'Deutschland',
  RW: 'Ruanda',
  register: 'Eintragen',
  'choose-company': 'Für wen handeln Sie?',
  'choose-company-detail': 'Sie gehören zu mehreren Unternehmen.',
  'act-for': 'Für {{name}} handeln',

  'programme-office': 'Programmbüro',
  'programme-office-detail': 'Dieser Einmal-Link legt das Konto des Programmbüros an. Er gilt ein einziges Mal.',
  'programme-office-used': 'Der Einmal-Link wurde benutzt. Melden Sie sich mit dem Konto an, das er angelegt hat.',
  'make-account': 'Konto anlegen',
  'staff-without-company': 'Sie sind für das Programmbüro angemeldet',
  'staff-without-company-detail':
    'Die Seiten zum Begleiten von Kooperationen und für Berichte sind noch nicht hier. Ihr Posteingang ist es, und Sie können eine Organisation eintragen, für die Sie handeln.',

  'own-tenders': 'Ihre Ausschreibungen',
  'open-tenders': 'Offene Ausschreibungen',
  tenders: 'Ausschreibungen',
  'all-tenders': 'Alle zeigen',
  'write-a-tender': 'Ausschreibung schreiben',
  'no-own-tenders': 'Sie haben noch keine Ausschreibungen.',
  'no-open-tenders':
    'Im Moment nimmt keine Ausschreibung Angebote an. Sobald eine zu Ihnen passt, erfahren Sie es hier und per E-Mail.',
  deadline: 'Angebote bis',
  'deadline-passed': 'Angebote waren möglich bis',
  'no-deadline': 'Noch keine Frist',
  budget: 'Budget',

  'status-draft': 'Entwurf',
  'status-published': 'Offen für Angebote',
  'status-closed': 'Angebotsfrist vorbei',
  'status-opened': 'Angebote geöffnet',
  'status-awarded': 'Vergeben',
  'status-unsuccessful': 'Erfolglos',
  'status-cancelled': 'Abgesagt',

  matches: 'Was zusammenpasst',
  'matching-tenders': 'Ausschreibungen, die zu Ihnen passen',
  'matching-firms': 'Firmen, die zu Ihren Ausschreibungen passen',
  partners: 'Unternehmen, die bieten, was Sie brauchen',
  'near-misses': 'Würde passen, bis auf eines',
  'what-is-missing': 'Was Sie weiterbringen würde',
  'missing-counts_one': '{{says}} (eine Ausschreibung)',
  'missing-counts_other': '{{says}} ({{count}} Ausschreibungen)',
  'no-matches': 'Noch passt nichts. Treffer erscheinen hier, sobald Ausschreibungen und Profile da sind.',
  'profile-not-published': 'Ihr Profil ist nicht veröffentlicht, deshalb kann niemand mit Ihnen zusammengebracht werden.',
  'company-profile': 'Unternehmensprofil',
  'fits-by': 'Passt zu {{percent}} %',
  'counts-for': 'Dafür',
  'counts-against': 'Dagegen',
  reasons: 'Warum',
  'was-told': 'weiß von der Ausschreibung',

  bookings: 'Sandbox-Buchungen',
  'no-bookings': 'Sie haben keine Buchungen.',
  'all-bookings': 'Alle Buchungen',
  'host-tests': 'Ihre Testumgebungen',
  'find-test-slot': 'Testtermin finden',
  'as-guest': 'bei {{name}}',
  'as-host': 'für {{name}}',
  'status-requested': 'Angefragt',
  'status-confirmed': 'Bestätigt',
  'status-declined': 'Abgelehnt',
  'status-completed': 'Abgeschlossen',
  'status-no-show': 'Gast nicht erschienen',

  tender: 'Ausschreibung',

  unread_one: 'eine ungelesen',
  unread_other: '{{count}} ungelesen',
  'nothing-unread': 'nichts ungelesen',
  'no-notifications': 'Noch nichts. Was Sie angeht, kommt hier von selbst an.',
  'mark-read': 'Als gelesen markieren',
  'mark-all-read': 'Alle als gelesen markieren',
  'read-on': 'Weiterlesen',
  'new-notification': 'Neu: {{subject}}',
  'whole-inbox': 'Ganzer Posteingang',

  interests: 'Interesse',
  'no-interests': 'Noch hat niemand Interesse bekundet, auf keiner Seite.',
  'interest-sent': 'Sie möchten mit {{name}} arbeiten',
  'interest-received': '{{name}} möchte mit Ihnen arbeiten',
  'status-expressed': 'Wartet auf Antwort',
  'status-accepted': 'Angenommen',
  'status-expired': 'Abgelaufen',
  'status-introduced': 'Vorgestellt',
  'status-ended': 'Beendet',
  'ended-on': 'Beendet am',
  'answer-until': 'Zu beantworten bis',
  'answer-elsewhere': 'Auf dieser Seite lässt es sich noch nicht beantworten; die Schnittstelle nimmt die Antwort an: {{link}}.',
  cooperations: 'Kooperationen',
  'no-cooperations': 'Noch hat keine Kooperation begonnen.',
  'began-on': 'Begonnen',
  contact: 'Kontakt',

  description: 'Beschreibung',
  languages: 'Sprachen',

  Berlin: 'Berlin',
  Kigali: 'Kigali',
};

/** The refusals that people meet most, by their name; the others are shown as the platform words them, in English. */
export const refusals = {
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
    detail: 'Die Adresse stimmt nicht, oder es ist der Entwurf eines anderen Unternehmens.',
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
} as const satisfies Readonly<Record<string, ProblemText>>;
