import type { Say, TextCatalogue } from './catalogue.ts';
import { outcomeInGerman } from './outcome.de.ts';
import { whatWaits, whyAwarded, whyOutcome, whyUnsuccessful } from './outcome.ts';

type Slot = { readonly startsAt: string; readonly endsAt: string; readonly place: string };
const slot = ({ startsAt, endsAt, place }: Slot, { period }: Say): string => `${period(startsAt, endsAt)} · ${place}`;
const because = (why: string, reasons: readonly string[]): string[] =>
  reasons.length > 0 ? [`${why}: ${reasons.join(' ')}`] : [];
const given = (reason: string | undefined): string[] => (reason ? [`Angegebener Grund: ${reason}`] : []);
const heldUntil = (until: string, { when }: Say): string =>
  `Er ist bis ${when(until)} für Sie reserviert; danach geht er an das nächste Unternehmen.`;
const count = (n: number, one: string, many: string, { number }: Say): string => `${number(n)} ${n === 1 ? one : many}`;

type Lot = { readonly title: string; readonly lot?: string | undefined };
/** A tender, and of its lots the one that it is about where there are several: in a subject, and in a sentence. */
const called = ({ title, lot }: Lot): string => (lot === undefined ? title : `${title} (${lot})`);
const named = ({ title, lot }: Lot): string => (lot === undefined ? `„${title}“` : `„${title}“ (Los „${lot}“)`);

export const de: TextCatalogue = {
  locale: 'de-DE',
  names: {
    'tender-matched': 'Ausschreibungen, die zu Ihnen passen',
    'tender-invited': 'Einladungen zu Ausschreibungen',
    'tender-amended': 'geänderte Ausschreibungen',
    'tender-cancelled': 'abgesagte Ausschreibungen',
    'tender-unsuccessful': 'Ausschreibungen, die ohne Zuschlag enden',
    'question-asked': 'Fragen zu Ihren Ausschreibungen',
    'question-answered': 'Antworten auf Fragen zu Ausschreibungen',
    'question-rejected': 'Fragen zu Ausschreibungen, die nicht beantwortet werden',
    'bidding-closed': 'das Ende der Angebotsfrist',
    'bids-opened': 'die Öffnung der Angebote',
    'bid-not-opened': 'Angebote, die nicht geöffnet wurden',
    'award-outcome': 'das Ergebnis Ihrer Angebote',
    'lot-awarded': 'Ihre Zuschläge',
    'evaluators-appointed': 'Ihre Bestellung zur Bewertung',
    'scoring-ended': 'das Ende der Bewertung von Angeboten',
    'award-lapsed': 'Zuschläge, aus denen nichts wird',
    'buyer-reminded': 'Ihre Ausschreibungen, die auf Sie warten',
    'contract-offered': 'Verträge, die Ihnen angeboten werden',
    'contract-signed': 'unterzeichnete Verträge',
    'milestone-signed-off': 'Meilensteine, die die andere Seite bestätigt hat',
    'contract-completed': 'erfüllte Verträge',
    'clarification-asked': 'Rückfragen von Bietern zu ihrem Ergebnis',
    'clarification-answered': 'Antworten zum Ergebnis Ihrer Angebote',
    'interest-expressed': 'Unternehmen, die sich für Sie interessieren',
    'interest-accepted': 'erwiderte Interessen',
    'interest-declined': 'abgelehnte Interessen',
    'interest-expired': 'unbeantwortete Interessen',
    'cooperation-started': 'neue Kooperationen',
    'cooperation-ended': 'Kooperationen, die enden',
    'booking-requested': 'Anfragen für Ihre Testtermine',
    'booking-confirmed': 'bestätigte Buchungen',
    'booking-declined': 'abgelehnte Buchungen',
    'booking-cancelled': 'abgesagte Buchungen',
    'booking-rescheduled': 'verlegte Buchungen',
    'seats-changed': 'Änderungen, wer zu einem Test kommt',
    'tester-invited': 'Einladungen zu einem Test',
    'tester-removed': 'zurückgenommene Einladungen zu einem Test',
    'booking-reminder': 'Tests, die bald beginnen',
    'booking-completed': 'Testberichte',
    'finding-moved': 'Antworten auf Befunde in Testberichten',
    'report-finished': 'abgeschlossene Testberichte',
    'guest-did-not-show': 'Tests, zu denen niemand kam',
    'place-offered': 'angebotene Plätze von der Warteliste',
    'offer-expired': 'angebotene Plätze, die nicht angenommen wurden',
    'waitlist-rescheduled': 'eine neue Zeit für Termine, auf die Sie warten',
    'waitlist-ended': 'das Ende einer Warteliste',
  },
  told: {
    'tender-matched': ({ title, deadline, reasons, reasonsInGerman }, buyer, { when }) => ({
      subject: `Eine Ausschreibung, die zu Ihnen passt: ${title}`,
      body: [
        `${buyer} bittet um Angebote für „${title}“. Die Angebotsfrist endet am ${when(deadline)}.`,
        ...(reasonsInGerman
          ? because('Warum sie Ihnen vorgeschlagen wird', reasonsInGerman)
          : because('Warum sie Ihnen vorgeschlagen wird (auf Englisch)', reasons)),
        'Angebote bleiben bis zur Öffnung versiegelt: Niemand erfährt, dass Sie bieten, auch der Auftraggeber nicht.',
      ],
    }),
    'tender-invited': ({ title, deadline }, buyer, { when }) => ({
      subject: `Sie sind eingeladen, ein Angebot abzugeben: ${title}`,
      body: [
        `${buyer} lädt Sie ein, ein Angebot für „${title}“ abzugeben. Die Angebotsfrist endet am ${when(deadline)}.`,
        'Angebote bleiben bis zur Öffnung versiegelt: Niemand erfährt, dass Sie bieten, auch der Auftraggeber nicht.',
      ],
    }),
    'tender-amended': ({ title, deadline, confirmBids, ownBid = false, reason }, buyer, { when }) => ({
      subject: ownBid ? `Bitte bestätigen Sie Ihr Angebot: ${title}` : `Geändert: ${title}`,
      body: [
        `${buyer} hat die Ausschreibung „${title}“ geändert. Die Angebotsfrist endet am ${when(deadline)}.`,
        ...(ownBid
          ? [
              'Der Gegenstand hat sich geändert, daher ist Ihr Angebot nicht mehr gültig. Es zählt nur, wenn Sie es bis dahin durch erneute Abgabe bestätigen, geändert oder wie es ist; sonst öffnet es niemand.',
            ]
          : []),
        ...(confirmBids && !ownBid
          ? [
              'Der Gegenstand hat sich geändert. Ein früher abgegebenes Angebot zählt nur, wenn Sie es durch erneute Abgabe bestätigen.',
            ]
          : []),
        ...given(reason),
      ],
    }),
    'tender-cancelled': ({ title, reason, ownBid = false }, buyer) => ({
      subject: `Abgesagt: ${title}`,
      body: [
        buyer ? `${buyer} hat die Ausschreibung „${title}“ abgesagt.` : `Ihre Ausschreibung „${title}“ ist abgesagt.`,
        ...given(reason),
        ...(ownBid ? ['Ihr Angebot ist gelöscht. Niemand hat es geöffnet, und niemand erfährt, dass Sie geboten haben.'] : []),
        buyer ? 'Sie müssen nichts weiter tun.' : 'Die Betroffenen werden benachrichtigt.',
      ],
    }),
    'tender-unsuccessful': ({ title, ...why }, buyer) => ({
      subject: `Ohne Zuschlag beendet: ${title}`,
      body: [
        buyer
          ? `Die Ausschreibung „${title}“ von ${buyer} endet ohne Zuschlag.`
          : `Ihre Ausschreibung „${title}“ endet ohne Zuschlag.`,
        whyUnsuccessful(outcomeInGerman, why),
      ],
    }),
    'question-asked': ({ title, question }) => ({
      subject: `Eine Frage zu ${title}`,
      body: [
        `Ein Unternehmen fragt zu Ihrer Ausschreibung „${title}“:`,
        question,
        'Frage und Antwort sehen alle, wer gefragt hat, niemand. Solange eine Frage offen ist, können die Angebote nicht geöffnet werden.',
      ],
    }),
    'question-answered': ({ title, question, answer }, buyer) => ({
      subject: `Eine Frage zu ${title} ist beantwortet`,
      body: [`${buyer} hat eine Frage zur Ausschreibung „${title}“ beantwortet.`, `Frage: ${question}`, `Antwort: ${answer}`],
    }),
    'question-rejected': ({ title, question, reason }, buyer) => ({
      subject: `Eine Frage zu ${title} wird nicht beantwortet`,
      body: [`${buyer} beantwortet eine Frage zur Ausschreibung „${title}“ nicht.`, `Frage: ${question}`, ...given(reason)],
    }),
    'bidding-closed': ({ title, openQuestions }, _buyer, say) => ({
      subject: `Die Angebotsfrist ist zu Ende: ${title}`,
      body: [
        `Für Ihre Ausschreibung „${title}“ werden keine Angebote mehr angenommen.`,
        openQuestions > 0
          ? `Vor der Öffnung ${openQuestions === 1 ? 'wartet noch eine Frage' : `warten noch ${say.number(openQuestions)} Fragen`} auf eine Antwort.`
          : 'Die Angebote können jetzt geöffnet werden.',
      ],
    }),
    'bids-opened': ({ title, bids, as }, buyer, say) => ({
      subject: `Die Angebote sind geöffnet: ${title}`,
      body:
        as === 'buyer'
          ? [`Zu Ihrer Ausschreibung „${title}“ gibt es ${count(bids, 'Angebot', 'Angebote', say)}. Die Bewertung kann beginnen.`]
          : [
              `${buyer} hat die Angebote für „${title}“ geöffnet: ${count(bids, 'Angebot', 'Angebote', say)}, Ihres ist dabei.`,
              'Sie erfahren, wie es ausgeht, gleich mit welchem Ergebnis.',
            ],
    }),
    'bid-not-opened': ({ title }, buyer) => ({
      subject: `Ihr Angebot wurde nicht geöffnet: ${title}`,
      body: [
        `${buyer} hatte den Gegenstand von „${title}“ geändert, und Ihr Angebot wurde danach nicht bestätigt. Es nahm nicht teil; niemand hat es gelesen, und es ist gelöscht.`,
      ],
    }),
    'award-outcome': (outcome, buyer, say) => ({
      subject: {
        won: `Sie haben den Zuschlag: ${called(outcome)}`,
        lost: `Kein Zuschlag: ${called(outcome)}`,
        disqualified: `Ihr Angebot ist ausgeschlossen: ${called(outcome)}`,
      }[outcome.outcome],
      body: [
        {
          won: `Herzlichen Glückwunsch: ${buyer} erteilt Ihnen den Zuschlag für ${named(outcome)}.`,
          lost: `Sie erhalten den Zuschlag von ${buyer} für ${named(outcome)} nicht. Vielen Dank für Ihr Angebot.`,
          disqualified: `${buyer} hat Ihr Angebot für ${named(outcome)} ausgeschlossen.`,
        }[outcome.outcome],
        ...whyOutcome(outcomeInGerman, outcome, say),
      ],
    }),
    'lot-awarded': (award, winner, say) => ({
      subject: `Zuschlag erteilt: ${called(award)}`,
      body: [
        `Der Zuschlag für ${named(award)} geht für ${say.money(award.value)} an ${winner}.`,
        whyAwarded(outcomeInGerman, award, say),
        'Alle Bieter erfahren ihr Ergebnis.',
      ],
    }),
    'evaluators-appointed': ({ title }) => ({
      subject: `Sie bewerten Angebote: ${title}`,
      body: [
        `Sie sind zur Bewertung der Ausschreibung „${title}“ bestellt.`,
        'Bewerten Sie nach der Öffnung jedes Angebot nach jedem Kriterium. Niemand sieht Ihre Punkte, bevor alle ihre vergeben haben. Sind Sie bei einem Angebot befangen, erklären Sie es: Dann bewerten es die anderen.',
      ],
    }),
    'scoring-ended': ({ title, reason }) => ({
      subject: `Die Angebote sind bewertet: ${title}`,
      body: [
        `Die Bewertung der Angebote zu Ihrer Ausschreibung „${title}“ ist abgeschlossen; die Rangfolge ist jetzt zu sehen.`,
        ...given(reason),
      ],
    }),
    'award-lapsed': ({ how, reason, as, ...lot }, other) => ({
      subject: `${how === 'declined' ? 'Zuschlag abgelehnt' : 'Vom Zuschlag zurückgetreten'}: ${called(lot)}`,
      body: [
        as === 'buyer'
          ? how === 'declined'
            ? `${other} lehnt den Zuschlag für ${named(lot)} ab.`
            : `Sie haben vermerkt, dass ${other} vom Zuschlag für ${named(lot)} zurücktritt.`
          : how === 'declined'
            ? `Sie haben den Zuschlag von ${other} für ${named(lot)} abgelehnt.`
            : `${other} hat vermerkt, dass Sie vom Zuschlag für ${named(lot)} zurücktreten.`,
        ...given(reason),
        'Der Zuschlag geht an das nächste Angebot in der Rangfolge, sofern es eines gibt.',
      ],
    }),
    'buyer-reminded': ({ title, since, ...waiting }, _buyer, say) => ({
      subject: `Andere warten auf Sie: ${title}`,
      body: [
        `Ihre Ausschreibung „${title}“ wartet auf Sie, seit ${say.when(since)}.`,
        ...whatWaits(outcomeInGerman, waiting, say),
        'Wir erinnern Sie jede Woche einmal daran, bis nichts mehr wartet.',
      ],
    }),
    'contract-offered': (lot, buyer) => ({
      subject: `Ein Vertrag zur Unterschrift: ${called(lot)}`,
      body: [
        `${buyer} bietet Ihnen den Vertrag für ${named(lot)} an. Sehen Sie sich die Meilensteine an; unterzeichnen Sie ihn dann, oder lehnen Sie den Zuschlag ab.`,
      ],
    }),
    'contract-signed': ({ value, ...lot }, supplier, { money }) => ({
      subject: `Vertrag unterzeichnet: ${called(lot)}`,
      body: [`${supplier} hat den Vertrag für ${named(lot)} über ${money(value)} unterzeichnet.`],
    }),
    'milestone-signed-off': (lot, other) => ({
      subject: `Meilenstein bestätigt: ${called(lot)}`,
      body: [
        `${other} bestätigt, dass ein Meilenstein des Vertrags für ${named(lot)} erreicht ist. Bestätigen auch Sie ihn, sobald Sie zustimmen.`,
      ],
    }),
    'contract-completed': (lot, other) => ({
      subject: `Vertrag erfüllt: ${called(lot)}`,
      body: [`Sie und ${other} haben jeden Meilenstein des Vertrags für ${named(lot)} bestätigt.`],
    }),
    'clarification-asked': (lot, bidder) => ({
      subject: `Ein Bieter fragt nach seinem Ergebnis: ${called(lot)}`,
      body: [
        `${bidder} bittet Sie, das Ergebnis des Angebots für ${named(lot)} zu erläutern. Frage und Antwort liest sonst niemand.`,
      ],
    }),
    'clarification-answered': (lot, buyer) => ({
      subject: `Ihre Rückfrage ist beantwortet: ${called(lot)}`,
      body: [`${buyer} hat Ihre Rückfrage zum Ergebnis Ihres Angebots für ${named(lot)} beantwortet.`],
    }),
    'interest-expressed': ({ message, expiresAt }, from, { when }) => ({
      subject: `${from} möchte mit Ihnen zusammenarbeiten`,
      body: [
        `${from} interessiert sich für Ihr Unternehmen.`,
        ...(message ? [`„${message}“`] : []),
        expiresAt
          ? `Bitte antworten Sie bis ${when(expiresAt)}; danach verfällt das Interesse, und beide Seiten erfahren es.`
          : 'Bitte antworten Sie, damit niemand vergeblich wartet.',
      ],
    }),
    'interest-accepted': ({ reason }, by) => ({
      subject: `${by} erwidert Ihr Interesse`,
      body: [
        `${by} möchte auch mit Ihnen zusammenarbeiten. Sie werden einander vorgestellt.`,
        ...(reason ? [`„${reason}“`] : []),
      ],
    }),
    'interest-declined': ({ reason }, by) => ({
      subject: `${by} lehnt Ihr Interesse ab`,
      body: [`${by} geht auf Ihr Interesse nicht ein.`, ...given(reason)],
    }),
    'interest-expired': ({ as }, other) => ({
      subject: as === 'asking' ? `Keine Antwort von ${other}` : `Das Interesse von ${other} ist verfallen`,
      body: [
        as === 'asking'
          ? `${other} hat auf Ihr Interesse nicht rechtzeitig geantwortet; es ist verfallen.`
          : `Sie haben auf das Interesse von ${other} nicht rechtzeitig geantwortet; es ist verfallen, und die andere Seite erfährt es.`,
      ],
    }),
    'cooperation-started': ({ title, origin }, partner) => ({
      subject: `Ihre Kooperation mit ${partner} beginnt`,
      body: [
        origin === 'award'
          ? `Mit dem Zuschlag${title ? ` für „${title}“` : ''} beginnt Ihre Kooperation mit ${partner}.`
          : `Sie und ${partner} haben Interesse aneinander: Ihre Kooperation beginnt.`,
        'Der nächste Schritt ist ein erstes Gespräch.',
      ],
    }),
    'cooperation-ended': ({ title, reason }, partner) => ({
      subject: `Ihre Kooperation mit ${partner} ist beendet`,
      body: [
        `Der Zuschlag${title ? ` für „${title}“` : ''} ist hinfällig, und mit ihm endet Ihre Kooperation mit ${partner}.`,
        ...given(reason),
      ],
    }),
    'booking-requested': ({ title, product, confirmation, inConflict, isFull, as = 'host', ...when }, other, say) =>
      as === 'guest'
        ? {
            subject: `Angefragt: ${title}`,
            body: [
              `Sie haben ${other} um einen Test von „${product}“ in „${title}“ gebeten. Der Platz ist für Sie freigehalten.`,
              slot(when, say),
              `${other} bestätigt oder lehnt ab; Sie erfahren es sofort.`,
            ],
          }
        : {
            subject: confirmation === 'automatic' ? `${other} hat gebucht: ${title}` : `${other} bittet um einen Test: ${title}`,
            body: [
              `${other} möchte „${product}“ in „${title}“ testen.`,
              slot(when, say),
              confirmation === 'automatic'
                ? 'Nach Ihrer Einstellung ist das bestätigt.'
                : 'Bitte bestätigen Sie oder lehnen Sie ab.',
              ...(inConflict
                ? [
                    isFull
                      ? 'Von selbst ist es nicht bestätigt: In Ihrem Kalender ist kein Platz für das, was dieser Termin braucht. Bestätigen können Sie, sobald offene Termine vorbei oder geschlossen sind.'
                      : 'Von selbst ist es nicht bestätigt: Dieser Termin steht einem anderen im Weg. Auf der Seite Ihrer Testumgebung steht, welchem. Bestätigen können Sie, sobald einer der beiden geschlossen oder verlegt ist.',
                  ]
                : []),
            ],
          },
    'booking-confirmed': ({ title, product, as = 'guest', ...when }, other, say) => ({
      subject: `Bestätigt: ${title}`,
      body: [
        as === 'guest'
          ? `${other} hat Ihren Test von „${product}“ in „${title}“ bestätigt.`
          : `Sie haben ${other} den Test von „${product}“ in „${title}“ bestätigt.`,
        slot(when, say),
      ],
    }),
    'booking-declined': ({ title, product, reason, by, as = 'guest', ...when }, other, say) => ({
      subject: by === 'platform' ? `Nicht beantwortet: ${title}` : `Abgelehnt: ${title}`,
      body: [
        as === 'guest'
          ? `Ihr Test von „${product}“ in „${title}“ bei ${other} findet nicht statt.`
          : by === 'platform'
            ? `Der Test von „${product}“ in „${title}“, um den ${other} Sie gebeten hat, findet nicht statt.`
            : `Sie haben den Test von „${product}“ in „${title}“ abgelehnt. ${other} erfährt es.`,
        ...(by === 'platform' ? ['Der Termin begann, bevor die Anfrage beantwortet war.'] : []),
        slot(when, say),
        ...given(reason),
      ],
    }),
    'booking-cancelled': ({ title, product, reason, by, as, ...when }, other, say) => ({
      subject: `Abgesagt: ${title}`,
      body: [
        by === as
          ? `Sie haben den Test von „${product}“ in „${title}“ abgesagt. ${other} erfährt es.`
          : by === 'platform'
            ? `Der Test von „${product}“ in „${title}“ mit ${other} ist abgesagt.`
            : `${other} hat den Test von „${product}“ in „${title}“ abgesagt.`,
        slot(when, say),
        ...given(reason),
      ],
    }),
    'booking-rescheduled': ({ title, product, previous, reason, by, as, ...when }, other, say) => ({
      subject: `Verlegt: ${title}`,
      body: [
        by === as
          ? `Sie haben den Test von „${product}“ in „${title}“ verlegt. ${other} erfährt es.`
          : `${other} hat den Test von „${product}“ in „${title}“ verlegt.`,
        `Jetzt: ${slot(when, say)}`,
        `Vorher: ${say.period(previous.startsAt, previous.endsAt)}`,
        ...given(reason),
      ],
    }),
    'seats-changed': ({ title, product, seats, as, ...when }, other, say) => ({
      subject: `Wer kommt: ${title}`,
      body: [
        as === 'guest'
          ? `Zum Test von „${product}“ in „${title}“ bei ${other} bringen Sie jetzt ${count(seats, 'Person', 'Personen', say)} zum Testen mit.`
          : `${other} bringt zum Test von „${product}“ in „${title}“ jetzt ${count(seats, 'Person', 'Personen', say)} zum Testen mit.`,
        slot(when, say),
      ],
    }),
    'tester-invited': ({ title, product, certain, host, ...when }, guest, say) => ({
      subject: `Einladung zu einem Test: ${title}`,
      body: [
        `${guest} lädt Sie zum Test von „${product}“ in „${title}“ bei ${host} ein.`,
        slot(when, say),
        certain ? 'Die Buchung ist bestätigt.' : 'Die Buchung ist noch nicht bestätigt; Sie erfahren, wenn sie es ist.',
      ],
    }),
    'tester-removed': ({ title, product, ...when }, guest, say) => ({
      subject: `Nicht mehr nötig: ${title}`,
      body: [`${guest} braucht Sie für den Test von „${product}“ in „${title}“ nicht mehr.`, slot(when, say)],
    }),
    'booking-reminder': ({ title, product, lead, ...when }, other, say) => {
      if (lead === 'report')
        return {
          subject: `Wie ist es gegangen? ${title}`,
          body: [
            `Der Test von „${product}“ durch ${other} in „${title}“ ist vorbei.`,
            slot(when, say),
            `Schreiben Sie den Bericht, oder vermerken Sie, dass niemand gekommen ist: ${other} wartet darauf, und nur ein Bericht zählt als Referenz.`,
          ],
        };
      const [subject, how] = lead === 'day' ? ['Erinnerung', 'steht bevor'] : ['Bald', 'beginnt bald'];
      return {
        subject: `${subject}: ${title}`,
        body: [`Der Test von „${product}“ in „${title}“ mit ${other} ${how}.`, slot(when, say)],
      };
    },
    'booking-completed': ({ title, product, summary, findings, ...when }, host, say) => ({
      subject: `Testbericht: ${title}`,
      body: [
        `${host} hat „${product}“ in „${title}“ getestet und schickt den Bericht mit ${count(findings, 'Befund', 'Befunden', say)}.`,
        slot(when, say),
        summary,
      ],
    }),
    'finding-moved': ({ title, product, status }, other) => ({
      subject: `Ein Befund im Testbericht: ${title}`,
      body: [
        {
          new: `${other} hat die Auskunft zu einem Befund im Test von „${product}“ in „${title}“ gegeben, um die Sie gebeten haben. Bestätigen Sie ihn oder weisen Sie ihn zurück.`,
          approved: `${other} hat einen Befund im Test von „${product}“ in „${title}“ bestätigt.`,
          rejected: `${other} hat einen Befund im Test von „${product}“ in „${title}“ zurückgewiesen. Sie können das mit einer Begründung bestreiten.`,
          'information-asked': `${other} bittet um Auskunft zu einem Befund im Test von „${product}“ in „${title}“.`,
          disputed: `${other} bestreitet, dass Sie einen Befund im Test von „${product}“ in „${title}“ zu Recht zurückgewiesen haben.`,
          settled: `${other} hat nachgegeben: Der Streit über einen Befund im Test von „${product}“ in „${title}“ ist beigelegt.`,
        }[status],
      ],
    }),
    'report-finished': ({ title, product, as }, other) => ({
      subject: `Testbericht abgeschlossen: ${title}`,
      body: [
        as === 'guest'
          ? `${other} hat den Bericht über den Test von „${product}“ in „${title}“ abgeschlossen und unterschrieben.`
          : `Sie haben den Bericht über den Test von „${product}“ in „${title}“ für ${other} abgeschlossen und unterschrieben. Er zählt als geprüfte Referenz Ihres Unternehmens.`,
      ],
    }),
    'guest-did-not-show': ({ title, product, ...when }, host, say) => ({
      subject: `Niemand kam: ${title}`,
      body: [
        `${host} hält fest, dass zu Ihrem Test von „${product}“ in „${title}“ niemand kam.`,
        slot(when, say),
        'Wenn das nicht stimmt, sprechen Sie bitte mit dem Gastgeber.',
      ],
    }),
    'place-offered': ({ title, product, until, ...when }, host, say) => ({
      subject: `Ein Platz ist frei: ${title}`,
      body: [
        `Für Ihren Test von „${product}“ in „${title}“ bei ${host} gibt es einen Platz.`,
        slot(when, say),
        heldUntil(until, say),
      ],
    }),
    'offer-expired': ({ title, product, ...when }, host, say) => ({
      subject: `Der angebotene Platz ist weitergegangen: ${title}`,
      body: [
        `Der Platz für Ihren Test von „${product}“ in „${title}“ bei ${host} wurde nicht rechtzeitig angenommen und geht an das nächste Unternehmen.`,
        slot(when, say),
      ],
    }),
    'waitlist-rescheduled': ({ title, product, previous, reason, until, ...when }, host, say) => ({
      subject: `Andere Zeit für den Termin, auf den Sie warten: ${title}`,
      body: [
        ...(until === undefined
          ? [
              `${host} hat den Termin verlegt, auf den Ihr Test von „${product}“ in „${title}“ wartet. Ihr Platz in der Warteliste bleibt Ihnen.`,
            ]
          : [
              `${host} hat den Termin verlegt, in dem für Ihren Test von „${product}“ in „${title}“ ein Platz reserviert ist.`,
              heldUntil(until, say),
            ]),
        `Jetzt: ${slot(when, say)}`,
        `Vorher: ${say.period(previous.startsAt, previous.endsAt)}`,
        ...given(reason),
        `Passt die neue Zeit nicht, ${until === undefined ? 'verlassen Sie die Warteliste' : 'verzichten Sie auf den Platz'}.`,
      ],
    }),
    'waitlist-ended': ({ title, product, because, ...when }, host, say) => ({
      subject: `Kein Platz mehr: ${title}`,
      body: [
        because === 'begun'
          ? `Der Termin hat begonnen, und für Ihren Test von „${product}“ in „${title}“ bei ${host} wurde kein Platz frei.`
          : `${host} hat den Termin geschlossen, auf den Ihr Test von „${product}“ in „${title}“ wartete.`,
        slot(when, say),
        'Vielleicht sind andere Termine frei.',
      ],
    }),
  },
  mail: {
    greeting: (name) => `Guten Tag ${name},`,
    open: 'Auf Umuhuza öffnen',
    whyInvited: (organisation) =>
      `Sie erhalten diese E-Mail, weil ${organisation} Ihre Adresse für diesen Test auf Umuhuza angegeben hat.`,
    why: (organisation) => `Sie erhalten diese E-Mail als Mitglied von ${organisation} auf Umuhuza.`,
    unsubscribe: (kind) => `Keine E-Mails mehr über: ${kind}`,
    mustBeKnown: 'Zuschläge, Absagen und Änderungen betreffen Sie unmittelbar; E-Mails darüber lassen sich nicht abschalten.',
  },
  unsubscribePage: {
    title: 'E-Mails von Umuhuza',
    question: (kind) => `Sollen wir Ihnen keine E-Mails mehr schicken über: ${kind}?`,
    button: 'Keine E-Mails mehr darüber',
    done: (kind) => `Sie erhalten keine E-Mails mehr über: ${kind}. In Ihrem Eingang auf Umuhuza sehen Sie es weiterhin.`,
    elsewhere: 'Sie können das jederzeit in Ihren Einstellungen ändern.',
    unknown:
      'Dieser Link ist nicht bekannt. Nehmen Sie den ganzen Link, wie er in der E-Mail stand, oder melden Sie sich an und ändern Sie Ihre Einstellungen.',
  },
};
