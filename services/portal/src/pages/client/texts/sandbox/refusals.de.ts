import type { sandboxProblems } from '@umuhuza/contracts/sandbox/problems';
import type { TranslatedRefusals } from '../refusals.de.ts';

/** What the platform refuses about tests, by its name. */
export const refusals: TranslatedRefusals<keyof typeof sandboxProblems> = {
  'hosts-are-rwandan': {
    title: 'Testumgebungen öffnen ruandische Unternehmen',
    detail: 'Ihr Unternehmen ist in einem anderen Land eingetragen. Sie können bei Gastgebern buchen.',
  },
  'no-such-environment': { title: 'Diese Testumgebung gibt es nicht', detail: 'Suchen Sie sie in der Liste.' },
  'environment-closed': {
    title: 'Die Testumgebung ist geschlossen',
    detail: 'Sie nimmt keine neuen Termine. Der Gastgeber kann sie wieder öffnen.',
  },
  'no-such-terms': {
    title: 'Diese Bedingungen gibt es nicht',
    detail: 'Öffnen Sie sie von der Testumgebung, dem Termin oder der Buchung aus.',
  },
  'not-the-host': { title: 'Das kann nur der Gastgeber', detail: 'Es gehört zur Testumgebung eines anderen Unternehmens.' },
  'not-the-guest': { title: 'Das kann nur der Gast', detail: 'Es gehört dem Unternehmen, das gebucht hat.' },
  'no-such-entry': {
    title: 'Diesen Platz in einer Warteliste gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder der Eintrag ist nicht für Sie sichtbar.',
  },
  'hour-does-not-exist': {
    title: 'Diese Uhrzeit gibt es an dem Tag nicht',
    detail: 'Die Uhren werden vorgestellt und überspringen sie. Wählen Sie eine andere.',
  },
  'hour-exists-twice': {
    title: 'Diese Uhrzeit gibt es an dem Tag zweimal',
    detail: 'Die Uhren werden zurückgestellt und wiederholen sie. Sagen Sie, welche Sie meinen.',
  },
  'ends-before-it-starts': {
    title: 'Das Ende liegt vor dem Beginn',
    detail: 'Das Ende muss nach dem Beginn kommen. Zeiten über Mitternacht teilen Sie in zwei.',
  },
  'slot-too-long': {
    title: 'Der Termin wäre zu lang',
    detail: 'Ein Termin dauert höchstens 48 Stunden. Öffnen Sie stattdessen mehrere.',
  },
  'starts-in-the-past': { title: 'Der Termin läge in der Vergangenheit', detail: 'Wählen Sie einen Beginn, der noch kommt.' },
  'slot-full': {
    title: 'Alle Plätze sind vergeben',
    detail: 'Kommen Sie auf die Warteliste: Ein frei werdender Platz wird Ihnen der Reihe nach angeboten.',
  },
  'slot-begun': { title: 'Der Termin hat begonnen', detail: 'Das ging bis zu seinem Beginn. Wählen Sie einen anderen.' },
  'slot-not-begun': { title: 'Der Termin hat noch nicht begonnen', detail: 'Das lässt sich erst sagen, wenn er begonnen hat.' },
  'outside-hours': {
    title: 'Der Gastgeber bietet diese Zeit nicht mehr an',
    detail:
      'Wer dort gebucht hat oder wartet, behält seinen Platz; sonst wird niemand aufgenommen. Wählen Sie einen anderen Termin.',
  },
  'slot-moved': {
    title: 'Der Termin hat jetzt eine andere Zeit',
    detail:
      'Der Gastgeber hat sie geändert, nachdem Sie die Seite geöffnet haben. Sehen Sie sich die neue Zeit an, und senden Sie es noch einmal ab, wenn sie Ihnen passt.',
  },
  'slot-closed': { title: 'Der Termin ist geschlossen', detail: 'Der Gastgeber hat ihn geschlossen. Wählen Sie einen anderen.' },
  'own-slot': { title: 'Das ist Ihr eigener Termin', detail: 'Ein Gastgeber bucht nicht bei sich selbst.' },
  'already-booked': {
    title: 'Ihr Unternehmen hat in diesem Termin gebucht',
    detail: 'Ein Unternehmen bucht einen Termin einmal. Sagen Sie die Buchung ab, wenn Sie sie ändern wollen.',
  },
  'place-held-for-you': {
    title: 'Ein Platz wird für Sie gehalten',
    detail: 'Die Warteliste ist bei Ihnen: Nehmen Sie den angebotenen Platz, statt neu zu buchen.',
  },
  'already-holding': {
    title: 'Sie halten hier einen Platz',
    detail: 'Buchen Sie ihn, bevor die Zeit um ist, oder geben Sie ihn zurück.',
  },
  'no-hold': { title: 'Sie halten hier keinen Platz', detail: 'Halten Sie einen, oder buchen Sie gleich.' },
  'terms-not-accepted': {
    title: 'Die Bedingungen des Gastgebers sind nicht angenommen',
    detail: 'Lesen Sie die Bedingungen und nehmen Sie sie im Formular an.',
  },
  'data-class-needed': {
    title: 'Sagen Sie, welche Daten Ihr Test berührt',
    detail: 'Der Gastgeber hat Regeln für Daten. Wählen Sie aus, welche Ihr Test berührt.',
  },
  'data-not-allowed': {
    title: 'Ein Test darf hier solche Daten nicht berühren',
    detail: 'Wählen Sie eine Testumgebung, die es erlaubt, oder testen Sie mit anderen Daten.',
  },
  'too-many-invitations': {
    title: 'Zu dieser Buchung wurden zu viele Testpersonen eingeladen',
    detail: 'Jede bekommt eine E-Mail. Lassen Sie die eingeladenen, wie sie sind.',
  },
  'seats-taken': { title: 'Alle Plätze für Testpersonen sind vergeben', detail: 'Streichen Sie zuerst eine Testperson.' },
  'same-slot': { title: 'Die Buchung liegt schon in diesem Termin', detail: 'Wählen Sie einen anderen.' },
  'move-abandoned': {
    title: 'Die Buchung wurde nicht verlegt',
    detail: 'Zugleich ist etwas anderes mit ihr geschehen. Sehen Sie nach, und versuchen Sie es noch einmal.',
  },
  'moves-under-way': {
    title: 'Eine Buchung kommt gerade in diesen Termin',
    detail: 'Sie ist in ein paar Sekunden da. Versuchen Sie es dann noch einmal.',
  },
  'bookings-undecided': {
    title: 'In diesem Termin wurde gebucht',
    detail: 'Sagen Sie, was mit den Buchungen geschieht: absagen, behalten oder verlegen.',
  },
  'bookings-changed': {
    title: 'Die Buchungen haben sich inzwischen geändert',
    detail: 'Jemand hat zugleich gebucht oder abgesagt. Sehen Sie nach, und versuchen Sie es noch einmal.',
  },
  'not-enough-of-resource': { title: 'Davon gibt es nicht genug', detail: 'Ein Termin braucht mehr davon, als Sie haben.' },
  'resource-busy': {
    title: 'Etwas wird zu dieser Zeit gebraucht',
    detail: 'Ein anderer Ihrer Termine braucht es. Wählen Sie eine andere Zeit.',
  },
  'environment-busy': {
    title: 'Die Testumgebung hat zu dieser Zeit einen anderen Termin',
    detail: 'Ihre Termine überschneiden sich nicht und lassen Zeit zum Aufräumen. Wählen Sie eine andere Zeit.',
  },
  'resource-in-use': { title: 'Geöffnete Termine brauchen das', detail: 'Schließen oder verlegen Sie zuerst diese Termine.' },
  'places-free': { title: 'Es gibt freie Plätze', detail: 'Sie brauchen nicht zu warten: Buchen Sie einen.' },
  'already-waiting': { title: 'Sie sind schon auf der Warteliste', detail: 'Ein Unternehmen wartet einmal auf einen Termin.' },
  'waitlist-full': { title: 'Die Warteliste ist voll', detail: 'Zu viele warten auf diesen Termin. Wählen Sie einen anderen.' },
  'too-many-attempts': {
    title: 'Zu viele Versuche bei diesem Termin',
    detail:
      'Ihr Unternehmen hat ihn schon mehrmals gebucht oder auf ihn gewartet. Wählen Sie einen anderen, oder fragen Sie den Gastgeber.',
  },
  'not-offered-yet': { title: 'Noch wurde kein Platz angeboten', detail: 'Sie erfahren es, sobald Sie an der Reihe sind.' },
  'offer-declined': {
    title: 'Sie haben diese Warteliste verlassen',
    detail: 'Warten Sie neu, wenn Sie noch einen Platz möchten.',
  },
  'offer-expired': {
    title: 'Das Angebot ist abgelaufen',
    detail: 'Der Platz ging an das nächste Unternehmen. Warten Sie neu, wenn Sie noch einen möchten.',
  },
  'booking-confirmed': {
    title: 'Die Buchung ist bestätigt',
    detail: 'Eine bestätigte Buchung lässt sich mit einem Grund absagen.',
  },
  'booking-declined': { title: 'Die Buchung wurde abgelehnt', detail: 'An ihr lässt sich nichts mehr ändern.' },
  'booking-cancelled': { title: 'Die Buchung wurde abgesagt', detail: 'An ihr lässt sich nichts mehr ändern.' },
  'booking-completed': { title: 'Der Test ist abgeschlossen', detail: 'Sein Bericht ist geschrieben.' },
  'guest-did-not-show': {
    title: 'Der Gast ist nicht gekommen',
    detail: 'So steht es in der Buchung. Kam doch jemand, kann ihr Gastgeber noch den Bericht schreiben.',
  },
  'too-many-bookings': {
    title: 'Ihr Unternehmen hat zu viele offene Buchungen',
    detail: 'Plätze sind knapp. Sagen Sie eine ab, oder warten Sie, bis ein Test vorbei ist.',
  },
  'waits-too-often': {
    title: 'Ihr Unternehmen wartet auf zu viele Termine',
    detail: 'Verlassen Sie eine der Wartelisten, oder warten Sie, bis ein Platz frei wird.',
  },
  'too-many-holds': {
    title: 'Ihr Unternehmen hält zu viele Plätze',
    detail: 'Buchen Sie einen davon oder geben Sie ihn zurück; nach zehn Minuten wird er frei.',
  },
  'no-such-report': {
    title: 'Diesen Bericht gibt es nicht',
    detail: 'Die Adresse stimmt nicht, er ist noch nicht geschrieben, oder er ist nicht für Sie sichtbar.',
  },
  'finding-not-open-to-this': {
    title: 'Das geht mit dem Befund zurzeit nicht',
    detail: 'Sehen Sie auf seinen Stand: Anerkanntes und Beigelegtes bleibt so, und nur eine Ablehnung lässt sich bestreiten.',
  },
  'too-much-said': { title: 'Zu diesem Befund ist genug gesagt', detail: 'Erkennen Sie ihn an, oder lehnen Sie ihn ab.' },
  'report-finished': {
    title: 'Der Bericht ist abgeschlossen',
    detail: 'Er ist signiert, wie er ist; nichts lässt sich mehr ändern.',
  },
  'too-much-evidence': {
    title: 'Der Bericht hat zwanzig Dateien',
    detail: 'Fassen Sie mehrere zusammen, oder lassen Sie welche weg.',
  },
  'findings-open': {
    title: 'Befunde warten auf Antwort',
    detail:
      'Der Gast erkennt jeden an oder lehnt ihn ab; die, zu denen er vierzehn Tage nach Ihrem letzten Wort nichts sagt, warten nicht länger.',
  },
  'report-changed': {
    title: 'Der Bericht hat sich inzwischen geändert',
    detail: 'Sehen Sie ihn noch einmal an, und schließen Sie ihn dann ab.',
  },
  'reason-needed': { title: 'Ein Grund wird gebraucht', detail: 'Sagen Sie der anderen Seite, warum.' },
  'capacity-below-places-taken': {
    title: 'Mehr Plätze sind vergeben',
    detail: 'Sagen Sie zuerst Buchungen ab und nennen Sie den Gästen den Grund.',
  },
  'hours-ended': { title: 'Diese Öffnungszeiten sind beendet', detail: 'Öffnen Sie neue.' },
  'no-such-recurrence': {
    title: 'Diese Wochentage ergeben keine Tage',
    detail: 'Wählen Sie wenigstens einen Wochentag, und prüfen Sie den letzten Tag.',
  },
  'no-slot-fits': {
    title: 'Die Zeiten sind kürzer als ein Termin',
    detail: 'Machen Sie die Zeiten länger oder die Termine kürzer.',
  },
  'too-many-slots': {
    title: 'Das würde zu viele Termine öffnen',
    detail: 'Öffnen Sie weniger Zeiten, oder machen Sie die Termine länger.',
  },
  'slots-in-use': {
    title: 'Jemand benutzt Termine, die wegfallen würden',
    detail: 'Sagen Sie unten, ob sie bleiben oder abgesagt werden, und warum.',
  },
  'no-such-tester': { title: 'Diese Testperson gibt es nicht', detail: 'Sehen Sie nach, wen die Buchung nennt.' },
  'other-environment': {
    title: 'Dieser Termin gehört zu einer anderen Testumgebung',
    detail: 'Eine Buchung bleibt in ihrer Testumgebung. Um anderswo zu testen, buchen Sie dort und sagen diese ab.',
  },
  'reservation-abandoned': {
    title: 'Die Zeit wurde nicht reserviert',
    detail: 'Die Anfrage dauerte zu lange und wurde aufgegeben. Versuchen Sie es noch einmal.',
  },
  'slot-in-conflict': {
    title: 'Der Termin hat nicht, was er braucht',
    detail:
      'Ein anderer, früher geöffneter Termin hat es zur selben Zeit. Schließen oder verlegen Sie einen der beiden, und bestätigen Sie dann.',
  },
  'evidence-type-not-taken': {
    title: 'Dateien dieser Art werden nicht angenommen',
    detail:
      'Angenommen werden Aufnahmen (MP4, WebM, MOV, MP3, M4A, WAV), Bilder, PDF, Office und OpenDocument und Text; es zählt der Inhalt, nicht der Name.',
  },
  'no-such-resource': { title: 'Diese Ressource gibt es nicht', detail: 'Nennen Sie sie zuerst bei Ihren Ressourcen.' },
  'calendar-full': {
    title: 'Zu viele Termine brauchen Ressourcen',
    detail: 'Öffnen Sie weniger im Voraus; vergangene machen Platz.',
  },
  'offer-accepted': {
    title: 'Sie haben diesen Platz genommen',
    detail: 'Er ist jetzt eine Buchung; sagen Sie stattdessen diese ab.',
  },
  'no-such-guest': {
    title: 'Diesen Gast gibt es nicht',
    detail: 'Die Adresse stimmt nicht, oder das Unternehmen hat nie bei Ihnen gebucht.',
  },
  'no-such-finding': { title: 'Diesen Befund gibt es nicht', detail: 'Sehen Sie die Befunde des Berichts an.' },
  'no-such-evidence': { title: 'Diese Datei gibt es nicht', detail: 'Sehen Sie die Dateien des Berichts an.' },
  'too-much-feedback': {
    title: 'Im Bericht stehen hundert Testpersonen',
    detail: 'Fassen Sie in seiner Zusammenfassung zusammen, was weitere sagten.',
  },
  'booking-not-confirmed': { title: 'Die Buchung ist nicht bestätigt', detail: 'Bestätigen Sie sie zuerst.' },
  'no-such-feed': {
    title: 'An dieser Adresse ist kein Kalender',
    detail:
      'Vielleicht wurde sie erneuert oder abgeschaltet. Melden Sie sich an und legen Sie eine neue private Kalenderadresse an.',
  },
  'no-such-hours': {
    title: 'Diese Öffnungszeiten gibt es nicht',
    detail: 'Suchen Sie sie in der Liste der Testumgebung.',
  },
};
