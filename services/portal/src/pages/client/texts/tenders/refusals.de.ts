import type { TendersProblem } from '@umuhuza/contracts/tenders/problems';
import type { TranslatedRefusals } from '../refusals.de.ts';

/** What the platform refuses about tenders, by its name. */
export const refusals: TranslatedRefusals<TendersProblem> = {
  'only-the-buyer': {
    title: 'Das kann nur der Auftraggeber',
    detail: 'Diese Ausschreibung gehört einem anderen Unternehmen.',
  },
  'buyer-unknown-yet': {
    title: 'Ihr Unternehmen ist hier noch nicht bekannt',
    detail: 'Seine Registrierung ist noch unterwegs. Versuchen Sie es gleich noch einmal.',
  },
  'not-a-draft': {
    title: 'Die Ausschreibung ist schon veröffentlicht',
    detail: 'Nur ein Entwurf lässt sich veröffentlichen.',
  },
  'tender-not-complete': {
    title: 'Die Ausschreibung ist nicht vollständig',
    detail: 'Ergänzen Sie, was fehlt, und veröffentlichen Sie sie dann.',
  },
  'deadline-not-in-future': {
    title: 'Die Frist muss in der Zukunft liegen',
    detail: 'Wählen Sie eine Frist, die Bietern Zeit für ein Angebot lässt.',
  },
  'duplicate-ids': {
    title: 'Eine Kennung kommt zweimal vor',
    detail: 'Jedes Los und jedes Kriterium braucht eine eigene Kennung.',
  },
  'budget-in-other-currency': {
    title: 'Das Budget hat eine andere Währung als die Ausschreibung',
    detail: 'Budget und Angebote brauchen dieselbe Währung.',
  },
  'deadline-only-later': {
    title: 'Eine veröffentlichte Frist lässt sich nur verlängern',
    detail: 'Bieter verlassen sich auf die gezeigte Frist. Wählen Sie eine spätere, oder lassen Sie sie, wie sie ist.',
  },
  'too-close-to-deadline': {
    title: 'Für diese Änderung ist die Frist zu nah',
    detail: 'Was verlangt wird, lässt sich in den letzten vier Tagen nur zusammen mit einer späteren Frist ändern.',
  },
  'amendment-without-reason': {
    title: 'Diese Änderung hat keine Begründung',
    detail:
      'Was an einer veröffentlichten Ausschreibung geändert wird, bleibt in ihrem Verlauf für alle, die sie sehen. Sagen Sie in einem Satz, warum.',
  },
  'too-many-amendments': {
    title: 'Die Ausschreibung wurde zu oft geändert',
    detail: 'Brechen Sie sie mit einer Begründung ab, und veröffentlichen Sie eine neue.',
  },
  'audience-only-wider': {
    title: 'Wer bieten darf, lässt sich nur noch erweitern',
    detail:
      'Vielleicht arbeiten Firmen schon an einem Angebot. Laden Sie weitere ein, oder öffnen Sie die Ausschreibung für alle; wegnehmen lässt sich keine.',
  },
  'too-many-followers': {
    title: 'Zu viele folgen dieser Ausschreibung',
    detail: 'Was sich ändert, sehen Sie auf ihrer Seite.',
  },
  'amended-since': {
    title: 'Die Ausschreibung wurde geändert, seit Sie sie gelesen haben',
    detail:
      'Der Gegenstand hat sich geändert. Lesen Sie die Ausschreibung noch einmal, sehen Sie Ihr Angebot durch und geben Sie es dann ab; abgegeben wurde noch nichts.',
  },
  'bidding-is-over': {
    title: 'Die Frist für Angebote ist vorbei',
    detail: 'Es gilt die Uhr der Plattform. Angebote lassen sich nicht mehr abgeben, ändern oder zurückziehen.',
  },
  'bidding-not-over': {
    title: 'Noch werden Angebote angenommen',
    detail: 'Geöffnet werden sie nach der Frist; das geschieht dann von selbst.',
  },
  'not-published': {
    title: 'Die Ausschreibung ist nicht veröffentlicht',
    detail: 'Veröffentlichen Sie sie zuerst.',
  },
  'procedure-is-over': {
    title: 'Das Verfahren ist beendet',
    detail: 'Die Ausschreibung wurde vergeben, abgesagt oder für erfolglos erklärt; ändern lässt sich nichts mehr.',
  },
  'a-lot-is-awarded': {
    title: 'Ein Los ist schon vergeben',
    detail:
      'Eine Ausschreibung mit einem Zuschlag lässt sich nicht absagen. Erklären Sie stattdessen die anderen Lose für erfolglos.',
  },
  'buyer-may-not-ask': {
    title: 'Das ist Ihre eigene Ausschreibung',
    detail: 'Erklären Sie etwas durch eine Änderung statt durch eine Frage.',
  },
  'too-many-questions': {
    title: 'Das sind zu viele Fragen',
    detail: 'Warten Sie auf Antworten zu den offenen, oder fassen Sie mehrere zu einer zusammen.',
  },
  'no-such-question': {
    title: 'Diese Frage gibt es nicht',
    detail: 'Rufen Sie die Ausschreibung neu auf; dort stehen ihre Fragen.',
  },
  'question-already-answered': {
    title: 'Die Frage ist schon beantwortet',
    detail: 'Die Antwort ist öffentlich und bleibt. Erklären Sie mehr durch eine Änderung.',
  },
  'questions-unanswered': {
    title: 'Fragen warten auf eine Antwort',
    detail: 'Beantworten Sie jede offene Frage, oder lehnen Sie sie mit Begründung ab; dann lassen sich die Angebote öffnen.',
  },
  'only-rwandan-firms-bid': {
    title: 'Nur ruandische Firmen dürfen bieten',
    detail: 'Ihr Unternehmen ist in einem anderen Land eingetragen.',
  },
  'buyer-may-not-bid': {
    title: 'Für die eigene Ausschreibung dürfen Sie nicht bieten',
    detail: 'Diese Ausschreibung gehört Ihrem Unternehmen.',
  },
  'no-such-lot': {
    title: 'Dieses Los gibt es nicht',
    detail: 'Rufen Sie die Ausschreibung neu auf; dort stehen ihre Lose.',
  },
  'no-such-criterion': {
    title: 'Dieses Kriterium gibt es nicht',
    detail: 'Rufen Sie die Ausschreibung neu auf; dort stehen ihre Kriterien. Den Preis bewertet seine Formel.',
  },
  'given-twice': {
    title: 'Etwas ist zweimal angegeben',
    detail: 'Geben Sie je Los einen Preis an und je Kriterium eine Antwort und eine Bewertung.',
  },
  'price-in-other-currency': {
    title: 'Ein Preis hat eine andere Währung als die Ausschreibung',
    detail: 'Geben Sie alle Preise in der Währung der Ausschreibung an.',
  },
  'must-have-not-confirmed': {
    title: 'Eine Bedingung ist nicht bestätigt',
    detail: 'Jedes Angebot muss alle Bedingungen bestätigen, für die diese Ausschreibung es verlangt.',
  },
  'document-not-uploaded': {
    title: 'Ein Dokument des Angebots wurde nicht hochgeladen',
    detail: 'Laden Sie es zuerst hoch, und geben Sie das Angebot dann ab.',
  },
  'document-in-use': {
    title: 'Das Dokument gehört zum Angebot oder zu seinem Entwurf',
    detail: 'Speichern Sie den Entwurf ohne das Dokument, oder geben Sie das Angebot ohne es ab; dann lässt es sich löschen.',
  },
  'no-draft': {
    title: 'Sie haben hier keinen Entwurf',
    detail: 'Es wurde keiner gespeichert, oder er wurde abgegeben, verworfen oder ist abgelaufen.',
  },
  'no-bid': { title: 'Sie haben hier kein Angebot', detail: 'Geben Sie eines ab, oder prüfen Sie die Ausschreibung.' },
  'bids-not-opened': {
    title: 'Die Angebote sind versiegelt',
    detail: 'Vor dem Öffnen kann nur sein Bieter ein Angebot lesen oder überhaupt von ihm erfahren.',
  },
  'bids-not-readable': {
    title: 'Die Angebote lassen sich gerade nicht lesen',
    detail:
      'Nichts wurde geöffnet, nichts ist verloren. Es wird von selbst noch einmal versucht; sagen Sie dem Programmbüro Bescheid, wenn es dabei bleibt.',
  },
  'no-such-bid': { title: 'Dieses Angebot gibt es nicht', detail: 'Rufen Sie die geöffneten Angebote neu auf.' },
  'bid-is-disqualified': {
    title: 'Dieses Angebot ist ausgeschlossen',
    detail: 'Wählen Sie ein anderes, oder erklären Sie das Los für erfolglos.',
  },
  'bid-already-won': {
    title: 'Dieses Angebot hat ein Los gewonnen',
    detail: 'Ein Angebot mit einem Zuschlag lässt sich nicht ausschließen.',
  },
  'scores-are-final': {
    title: 'Diese Bewertungen stehen fest',
    detail: 'Nach ihnen wurde ein Los vergeben. Angebote für andere Lose lassen sich weiter bewerten.',
  },
  'bids-not-scored': {
    title: 'Noch sind nicht alle Angebote bewertet',
    detail: 'Bewerten Sie zuerst jedes gültige Angebot für das Los nach jedem Qualitätskriterium.',
  },
  'not-a-member': {
    title: 'Eine dieser Personen ist kein Mitglied Ihres Unternehmens',
    detail:
      'Nur Mitglieder des Unternehmens, das ausschreibt, bewerten. Laden Sie die Person zuerst ein; gleich danach ist sie hier bekannt.',
  },
  'not-an-evaluator': {
    title: 'Nur berufene Bewertende bewerten',
    detail:
      'Für diese Ausschreibung sind Bewertende berufen, Sie gehören nicht dazu. Solange bewertet wird, kann der Auftraggeber Sie berufen.',
  },
  'no-evaluators': {
    title: 'Es gibt keine Bewertenden',
    detail: 'Berufen Sie welche, oder bewerten Sie die Angebote als Auftraggeber.',
  },
  'evaluator-has-scored': {
    title: 'Wer schon bewertet hat, bleibt dabei',
    detail:
      'Streichen lassen sich nur Bewertende, die noch nichts bewertet haben. Die Bewertung lässt sich ohne die beenden, die nicht fertig werden.',
  },
  'conflict-of-interest': {
    title: 'Sie haben einen Interessenkonflikt',
    detail:
      'Wer zu einem Bieter gehört oder zu dessen Angebot einen Konflikt erklärt hat, bewertet weder dieses Angebot noch die, mit denen es im Wettbewerb steht, und entscheidet nicht über die Lose, für die es gilt. Das übernimmt ein anderes Mitglied Ihres Unternehmens.',
  },
  'scoring-is-over': {
    title: 'Die Bewertung ist beendet',
    detail: 'Die Bewertenden haben die Bewertungen der anderen gesehen; daran ändert sich nichts mehr.',
  },
  'scoring-not-over': {
    title: 'Die Bewertenden sind nicht fertig',
    detail: 'Warten Sie, bis alle fertig bewertet haben, oder beenden Sie die Bewertung mit einer Begründung.',
  },
  'not-first-in-ranking': {
    title: 'Ein anderes Angebot steht in der Rangfolge höher',
    detail:
      'Ein Los geht an den Ersten der Rangfolge. Ein Angebot davor lässt sich nur übergehen, indem Sie es mit Begründung ausschließen.',
  },
  'lot-already-awarded': { title: 'Dieses Los ist schon vergeben', detail: 'Ein Los wird nur einmal vergeben.' },
  'lot-not-awarded': { title: 'Dieses Los ist nicht vergeben', detail: 'Vergeben Sie es zuerst.' },
  'not-the-winner': {
    title: 'Dieses Los wurde nicht an Sie vergeben',
    detail: 'Das kann nur, wer es gewonnen hat.',
  },
  'standstill-not-over': {
    title: 'Die Wartezeit ist nicht vorbei',
    detail: 'Zwischen Zuschlag und Vertrag haben die anderen Bieter Zeit für Fragen. Bieten Sie den Vertrag danach an.',
  },
  'no-such-contract': {
    title: 'Dieser Vertrag ist nicht angeboten',
    detail:
      'Der Auftraggeber hat keinen angeboten oder inzwischen einen anderen. Rufen Sie die Ausschreibung neu auf, und unterschreiben Sie, was sie zeigt.',
  },
  'contract-is-signed': {
    title: 'Der Vertrag ist unterschrieben',
    detail: 'Der Zuschlag lässt sich nicht mehr ablehnen oder zurücknehmen, und der Vertrag lässt sich nicht neu anbieten.',
  },
  'contract-not-signed': {
    title: 'Der Vertrag ist nicht unterschrieben',
    detail: 'Meilensteine werden abgenommen, sobald er es ist.',
  },
  'no-such-milestone': {
    title: 'Diesen Meilenstein gibt es nicht',
    detail: 'Rufen Sie den Vertrag neu auf; dort stehen seine Meilensteine.',
  },
  'milestone-is-reached': {
    title: 'Dieser Meilenstein ist erreicht',
    detail: 'Beide Seiten haben ihn abgenommen; es kommt nichts mehr hinzu.',
  },
  'no-outcome-yet': {
    title: 'Noch gibt es kein Ergebnis, nach dem Sie fragen können',
    detail: 'Sobald über ein Los entschieden ist, für das Sie geboten haben, können Sie fragen.',
  },
  'clarification-asked-already': {
    title: 'Sie haben schon gefragt',
    detail: 'Nach einem Ergebnis lässt sich einmal fragen.',
  },
  'no-such-clarification': {
    title: 'Diese Frage gibt es nicht',
    detail: 'Rufen Sie die geöffneten Angebote neu auf.',
  },
  'lot-unsuccessful': {
    title: 'Dieses Los wurde für erfolglos erklärt',
    detail: 'Es lässt sich nicht mehr vergeben.',
  },
  'too-many-releases': {
    title: 'Dieses Paket enthält zu viele Veröffentlichungen',
    detail: 'Ein Import nimmt höchstens 500 an. Teilen Sie das Paket; was schon importiert ist, ändert sich dadurch nicht.',
  },
  'not-ocds': {
    title: 'Das ist keine Veröffentlichung nach OCDS',
    detail: 'Erwartet wird ein Paket mit „releases“, eine einzelne Veröffentlichung mit „ocid“ oder eine Liste davon.',
  },
};
