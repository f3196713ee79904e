import type { Say, TextCatalogue } from './catalogue.ts';
import { outcomeInEnglish } from './outcome.en.ts';
import { whatWaits, whyAwarded, whyOutcome, whyUnsuccessful } from './outcome.ts';

type Slot = { readonly startsAt: string; readonly endsAt: string; readonly place: string };
const slot = ({ startsAt, endsAt, place }: Slot, { period }: Say): string => `${period(startsAt, endsAt)} · ${place}`;
const given = (reason: string | undefined): string[] => (reason ? [`Reason given: ${reason}`] : []);
const heldUntil = (until: string, { when }: Say): string =>
  `It is held for you until ${when(until)}; afterwards it goes to the next company.`;
const count = (n: number, one: string, many: string, { number }: Say): string => `${number(n)} ${n === 1 ? one : many}`;

type Lot = { readonly title: string; readonly lot?: string | undefined };
/** A tender, and of its lots the one that it is about where there are several: in a subject, and in a sentence. */
const called = ({ title, lot }: Lot): string => (lot === undefined ? title : `${title} (${lot})`);
const named = ({ title, lot }: Lot): string => (lot === undefined ? `“${title}”` : `“${title}” (lot “${lot}”)`);

export const en: TextCatalogue = {
  locale: 'en-GB',
  names: {
    'tender-matched': 'tenders that fit you',
    'tender-invited': 'invitations to tenders',
    'tender-amended': 'changed tenders',
    'tender-cancelled': 'cancelled tenders',
    'tender-unsuccessful': 'tenders that ended without an award',
    'question-asked': 'questions about your tenders',
    'question-answered': 'answers to questions about tenders',
    'question-rejected': 'questions about tenders that are not answered',
    'bidding-closed': 'the end of bidding',
    'bids-opened': 'the opening of bids',
    'bid-not-opened': 'bids that were not opened',
    'award-outcome': 'the outcome of your bids',
    'lot-awarded': 'your awards',
    'evaluators-appointed': 'your appointment as an evaluator',
    'scoring-ended': 'the end of the scoring of bids',
    'award-lapsed': 'awards that come to nothing',
    'buyer-reminded': 'your tenders that wait for you',
    'contract-offered': 'contracts that are offered to you',
    'contract-signed': 'signed contracts',
    'milestone-signed-off': 'milestones that the other side has signed off',
    'contract-completed': 'completed contracts',
    'clarification-asked': 'questions of bidders about their outcome',
    'clarification-answered': 'answers about the outcome of your bids',
    'interest-expressed': 'companies that are interested in you',
    'interest-accepted': 'accepted interests',
    'interest-declined': 'declined interests',
    'interest-expired': 'interests nobody answered',
    'cooperation-started': 'new cooperations',
    'cooperation-ended': 'cooperations that end',
    'booking-requested': 'requests for your test slots',
    'booking-confirmed': 'confirmed bookings',
    'booking-declined': 'declined bookings',
    'booking-cancelled': 'cancelled bookings',
    'booking-rescheduled': 'bookings with another time',
    'seats-changed': 'changes of who comes to a test',
    'tester-invited': 'invitations to a test',
    'tester-removed': 'withdrawn invitations to a test',
    'booking-reminder': 'tests that begin soon',
    'booking-completed': 'test reports',
    'finding-moved': 'answers to findings of test reports',
    'report-finished': 'finished test reports',
    'guest-did-not-show': 'tests nobody came to',
    'place-offered': 'places offered from a waitlist',
    'offer-expired': 'offered places that were not taken',
    'waitlist-rescheduled': 'a new time of a slot that you wait for',
    'waitlist-ended': 'the end of a waitlist',
  },
  told: {
    'tender-matched': ({ title, deadline, reasons }, buyer, { when }) => ({
      subject: `A tender that fits you: ${title}`,
      body: [
        `${buyer} asks for bids for “${title}”. Bids are taken until ${when(deadline)}.`,
        ...(reasons.length > 0 ? [`Why it was suggested to you: ${reasons.join(' ')}`] : []),
        'Bids stay sealed until they are opened: nobody learns that you bid, not even the buyer.',
      ],
    }),
    'tender-invited': ({ title, deadline }, buyer, { when }) => ({
      subject: `You are invited to bid: ${title}`,
      body: [
        `${buyer} invites you to bid for “${title}”. Bids are taken until ${when(deadline)}.`,
        'Bids stay sealed until they are opened: nobody learns that you bid, not even the buyer.',
      ],
    }),
    'tender-amended': ({ title, deadline, confirmBids, ownBid = false, reason }, buyer, { when }) => ({
      subject: ownBid ? `Please confirm your bid: ${title}` : `Changed: ${title}`,
      body: [
        `${buyer} has changed the tender “${title}”. Bids are taken until ${when(deadline)}.`,
        ...(ownBid
          ? [
              'What is asked has changed, so your bid is not valid any more. It only counts if you confirm it by submitting it again until then, changed or as it is; otherwise nobody will open it.',
            ]
          : []),
        ...(confirmBids && !ownBid
          ? ['What is asked has changed. A bid that was given before only counts if it is confirmed by submitting it again.']
          : []),
        ...given(reason),
      ],
    }),
    'tender-cancelled': ({ title, reason, ownBid = false }, buyer) => ({
      subject: `Cancelled: ${title}`,
      body: [
        buyer ? `${buyer} has cancelled the tender “${title}”.` : `Your tender “${title}” is cancelled.`,
        ...given(reason),
        ...(ownBid ? ['Your bid is deleted. Nobody has opened it, and nobody learns that you bid.'] : []),
        buyer ? 'There is nothing more for you to do.' : 'Those concerned are told.',
      ],
    }),
    'tender-unsuccessful': ({ title, ...why }, buyer) => ({
      subject: `Ended without an award: ${title}`,
      body: [
        buyer ? `The tender “${title}” of ${buyer} ended without an award.` : `Your tender “${title}” ended without an award.`,
        whyUnsuccessful(outcomeInEnglish, why),
      ],
    }),
    'question-asked': ({ title, question }) => ({
      subject: `A question about ${title}`,
      body: [
        `A company asks about your tender “${title}”:`,
        question,
        'Everybody will see question and answer, nobody who asked. A question without an answer keeps the bids from being opened.',
      ],
    }),
    'question-answered': ({ title, question, answer }, buyer) => ({
      subject: `A question about ${title} was answered`,
      body: [`${buyer} has answered a question about the tender “${title}”.`, `Question: ${question}`, `Answer: ${answer}`],
    }),
    'question-rejected': ({ title, question, reason }, buyer) => ({
      subject: `A question about ${title} will not be answered`,
      body: [`${buyer} does not answer a question about the tender “${title}”.`, `Question: ${question}`, ...given(reason)],
    }),
    'bidding-closed': ({ title, openQuestions }, _buyer, say) => ({
      subject: `Bidding has closed: ${title}`,
      body: [
        `No more bids are taken for your tender “${title}”.`,
        openQuestions > 0
          ? `Before the bids can be opened, ${count(openQuestions, 'question still waits', 'questions still wait', say)} for an answer.`
          : 'The bids can be opened now.',
      ],
    }),
    'bids-opened': ({ title, bids, as }, buyer, say) => ({
      subject: `Bids are open: ${title}`,
      body:
        as === 'buyer'
          ? [`Your tender “${title}” has ${count(bids, 'bid', 'bids', say)}. They can be evaluated now.`]
          : [
              `${buyer} has opened the bids for “${title}”: ${count(bids, 'bid', 'bids', say)}, yours among them.`,
              'You will hear how it ends, whatever the outcome.',
            ],
    }),
    'bid-not-opened': ({ title }, buyer) => ({
      subject: `Your bid was not opened: ${title}`,
      body: [
        `${buyer} had changed what is asked in “${title}”, and your bid was not confirmed afterwards. It took no part; nobody has read it, and it is deleted.`,
      ],
    }),
    'award-outcome': (outcome, buyer, say) => ({
      subject: {
        won: `You have won: ${called(outcome)}`,
        lost: `Not awarded to you: ${called(outcome)}`,
        disqualified: `Your bid was excluded: ${called(outcome)}`,
      }[outcome.outcome],
      body: [
        {
          won: `Congratulations: ${buyer} awards ${named(outcome)} to you.`,
          lost: `${named(outcome)} of ${buyer} does not go to you. Thank you for your bid.`,
          disqualified: `${buyer} has excluded your bid for ${named(outcome)}.`,
        }[outcome.outcome],
        ...whyOutcome(outcomeInEnglish, outcome, say),
      ],
    }),
    'lot-awarded': (award, winner, say) => ({
      subject: `Awarded: ${called(award)}`,
      body: [
        `${named(award)} is awarded to ${winner} for ${say.money(award.value)}.`,
        whyAwarded(outcomeInEnglish, award, say),
        'Every bidder is told its outcome.',
      ],
    }),
    'evaluators-appointed': ({ title }) => ({
      subject: `You evaluate bids: ${title}`,
      body: [
        `You are appointed as an evaluator of the tender “${title}”.`,
        'Once the bids are open, score each of them by criterion. Nobody sees your scores before all have given theirs. If you are not free in judging a bid, declare the conflict: others will score it.',
      ],
    }),
    'scoring-ended': ({ title, reason }) => ({
      subject: `The bids are scored: ${title}`,
      body: [`The scoring of the bids for your tender “${title}” has ended; its ranking can be looked at now.`, ...given(reason)],
    }),
    'award-lapsed': ({ how, reason, as, ...lot }, other) => ({
      subject: `${how === 'declined' ? 'Award declined' : 'Award withdrawn'}: ${called(lot)}`,
      body: [
        as === 'buyer'
          ? how === 'declined'
            ? `${other} declines the award of ${named(lot)}.`
            : `You have noted that ${other} withdraws from the award of ${named(lot)}.`
          : how === 'declined'
            ? `You have declined the award of ${named(lot)} by ${other}.`
            : `${other} has noted that you withdraw from the award of ${named(lot)}.`,
        ...given(reason),
        'The award passes to the next bid in the ranking, where there is one.',
      ],
    }),
    'buyer-reminded': ({ title, since, ...waiting }, _buyer, say) => ({
      subject: `Others wait for you: ${title}`,
      body: [
        `Your tender “${title}” has been waiting for you since ${say.when(since)}.`,
        ...whatWaits(outcomeInEnglish, waiting, say),
        'You are reminded of it once a week until nothing waits any more.',
      ],
    }),
    'contract-offered': (lot, buyer) => ({
      subject: `A contract for you to sign: ${called(lot)}`,
      body: [`${buyer} offers you the contract for ${named(lot)}. Look at its milestones, then sign it or decline the award.`],
    }),
    'contract-signed': ({ value, ...lot }, supplier, { money }) => ({
      subject: `Contract signed: ${called(lot)}`,
      body: [`${supplier} has signed the contract for ${named(lot)} over ${money(value)}.`],
    }),
    'milestone-signed-off': (lot, other) => ({
      subject: `Milestone signed off: ${called(lot)}`,
      body: [`${other} says that a milestone of the contract for ${named(lot)} is reached. Sign it off as well once you agree.`],
    }),
    'contract-completed': (lot, other) => ({
      subject: `Contract completed: ${called(lot)}`,
      body: [`You and ${other} have signed off every milestone of the contract for ${named(lot)}.`],
    }),
    'clarification-asked': (lot, bidder) => ({
      subject: `A bidder asks about its outcome: ${called(lot)}`,
      body: [
        `${bidder} asks you to explain the outcome of its bid for ${named(lot)}. Nobody else reads the question and your answer.`,
      ],
    }),
    'clarification-answered': (lot, buyer) => ({
      subject: `Your question is answered: ${called(lot)}`,
      body: [`${buyer} has answered your question about the outcome of your bid for ${named(lot)}.`],
    }),
    'interest-expressed': ({ message, expiresAt }, from, { when }) => ({
      subject: `${from} would like to work with you`,
      body: [
        `${from} has expressed interest in your company.`,
        ...(message ? [`“${message}”`] : []),
        expiresAt
          ? `Please answer until ${when(expiresAt)}; afterwards the interest expires and both sides are told.`
          : 'Please answer, so that nobody waits in vain.',
      ],
    }),
    'interest-accepted': ({ reason }, by) => ({
      subject: `${by} has accepted your interest`,
      body: [`${by} would like to work with you, too. You are introduced to each other.`, ...(reason ? [`“${reason}”`] : [])],
    }),
    'interest-declined': ({ reason }, by) => ({
      subject: `${by} has declined your interest`,
      body: [`${by} does not take up your interest.`, ...given(reason)],
    }),
    'interest-expired': ({ as }, other) => ({
      subject: as === 'asking' ? `No answer from ${other}` : `The interest of ${other} has expired`,
      body: [
        as === 'asking'
          ? `${other} has not answered your interest in time; it has expired.`
          : `You have not answered the interest of ${other} in time; it has expired, and they are told.`,
      ],
    }),
    'cooperation-started': ({ title, origin }, partner) => ({
      subject: `Your cooperation with ${partner} begins`,
      body: [
        origin === 'award'
          ? `With the award${title ? ` of “${title}”` : ''} your cooperation with ${partner} begins.`
          : `You and ${partner} are interested in each other: your cooperation begins.`,
        'The next step is a first talk.',
      ],
    }),
    'cooperation-ended': ({ title, reason }, partner) => ({
      subject: `Your cooperation with ${partner} has ended`,
      body: [
        `The award${title ? ` of “${title}”` : ''} came to nothing, and with it your cooperation with ${partner} ends.`,
        ...given(reason),
      ],
    }),
    'booking-requested': ({ title, product, confirmation, inConflict, isFull, as = 'host', ...when }, other, say) =>
      as === 'guest'
        ? {
            subject: `Asked for: ${title}`,
            body: [
              `You have asked ${other} for a test of “${product}” in “${title}”. The place is kept for you.`,
              slot(when, say),
              `${other} confirms or declines; you are told as soon as it does.`,
            ],
          }
        : {
            subject: confirmation === 'automatic' ? `${other} has booked: ${title}` : `${other} asks for a test: ${title}`,
            body: [
              `${other} would like to test “${product}” in “${title}”.`,
              slot(when, say),
              confirmation === 'automatic' ? 'It is confirmed by your own setting.' : 'Please confirm or decline.',
              ...(inConflict
                ? [
                    isFull
                      ? 'It was not confirmed by itself: your calendar has no room for what this slot needs. You can confirm once slots that are open ahead are over or closed.'
                      : 'It was not confirmed by itself: this slot is in the way of another one. The page of your test environment says which. You can confirm once one of the two is closed or moved.',
                  ]
                : []),
            ],
          },
    'booking-confirmed': ({ title, product, as = 'guest', ...when }, other, say) => ({
      subject: `Confirmed: ${title}`,
      body: [
        as === 'guest'
          ? `${other} has confirmed your test of “${product}” in “${title}”.`
          : `You have confirmed the test of “${product}” in “${title}” to ${other}.`,
        slot(when, say),
      ],
    }),
    'booking-declined': ({ title, product, reason, by, as = 'guest', ...when }, other, say) => ({
      subject: by === 'platform' ? `Not answered: ${title}` : `Declined: ${title}`,
      body: [
        as === 'guest'
          ? `Your test of “${product}” in “${title}” at ${other} does not take place.`
          : by === 'platform'
            ? `The test of “${product}” in “${title}” that ${other} asked you for does not take place.`
            : `You have declined the test of “${product}” in “${title}”. ${other} is told.`,
        ...(by === 'platform' ? ['The slot began before the request was answered.'] : []),
        slot(when, say),
        ...given(reason),
      ],
    }),
    'booking-cancelled': ({ title, product, reason, by, as, ...when }, other, say) => ({
      subject: `Cancelled: ${title}`,
      body: [
        by === as
          ? `You have cancelled the test of “${product}” in “${title}”. ${other} is told.`
          : by === 'platform'
            ? `The test of “${product}” in “${title}” with ${other} is cancelled.`
            : `${other} has cancelled the test of “${product}” in “${title}”.`,
        slot(when, say),
        ...given(reason),
      ],
    }),
    'booking-rescheduled': ({ title, product, previous, reason, by, as, ...when }, other, say) => ({
      subject: `Another time: ${title}`,
      body: [
        by === as
          ? `You have moved the test of “${product}” in “${title}” to another time. ${other} is told.`
          : `${other} has moved the test of “${product}” in “${title}” to another time.`,
        `Now: ${slot(when, say)}`,
        `Before: ${say.period(previous.startsAt, previous.endsAt)}`,
        ...given(reason),
      ],
    }),
    'seats-changed': ({ title, product, seats, as, ...when }, other, say) => ({
      subject: `Who comes: ${title}`,
      body: [
        as === 'guest'
          ? `To the test of “${product}” in “${title}” at ${other} you bring ${count(seats, 'tester', 'testers', say)} now.`
          : `${other} brings ${count(seats, 'tester', 'testers', say)} to the test of “${product}” in “${title}” now.`,
        slot(when, say),
      ],
    }),
    'tester-invited': ({ title, product, certain, host, ...when }, guest, say) => ({
      subject: `Invitation to a test: ${title}`,
      body: [
        `${guest} invites you to the test of “${product}” in “${title}” at ${host}.`,
        slot(when, say),
        certain ? 'The booking is confirmed.' : 'The booking is not confirmed yet; you are told when it is.',
      ],
    }),
    'tester-removed': ({ title, product, ...when }, guest, say) => ({
      subject: `No longer needed: ${title}`,
      body: [`${guest} no longer needs you for the test of “${product}” in “${title}”.`, slot(when, say)],
    }),
    'booking-reminder': ({ title, product, lead, ...when }, other, say) => {
      if (lead === 'report')
        return {
          subject: `How did it go? ${title}`,
          body: [
            `The test of “${product}” by ${other} in “${title}” is over.`,
            slot(when, say),
            `Write its report, or note that nobody came: ${other} waits for it, and only a report counts as a reference.`,
          ],
        };
      const [subject, how] = lead === 'day' ? ['Reminder', 'is near'] : ['Soon', 'begins soon'];
      return {
        subject: `${subject}: ${title}`,
        body: [`The test of “${product}” in “${title}” with ${other} ${how}.`, slot(when, say)],
      };
    },
    'booking-completed': ({ title, product, summary, findings, ...when }, host, say) => ({
      subject: `Test report: ${title}`,
      body: [
        `${host} has tested “${product}” in “${title}” and sends the report with ${count(findings, 'finding', 'findings', say)}.`,
        slot(when, say),
        summary,
      ],
    }),
    'finding-moved': ({ title, product, status }, other) => ({
      subject: `A finding in the test report: ${title}`,
      body: [
        {
          new: `${other} has given the information you asked for on a finding in the test of “${product}” in “${title}”. Approve or reject it.`,
          approved: `${other} has approved a finding in the test of “${product}” in “${title}”.`,
          rejected: `${other} has rejected a finding in the test of “${product}” in “${title}”. You can dispute that, with a reason.`,
          'information-asked': `${other} asks for information on a finding in the test of “${product}” in “${title}”.`,
          disputed: `${other} disputes that you rejected a finding in the test of “${product}” in “${title}”.`,
          settled: `${other} has given in: the dispute about a finding in the test of “${product}” in “${title}” is settled.`,
        }[status],
      ],
    }),
    'report-finished': ({ title, product, as }, other) => ({
      subject: `Test report finished: ${title}`,
      body: [
        as === 'guest'
          ? `${other} has finished and signed the report of the test of “${product}” in “${title}”.`
          : `You have finished and signed the report of the test of “${product}” in “${title}” for ${other}. It counts as a verified reference of your company.`,
      ],
    }),
    'guest-did-not-show': ({ title, product, ...when }, host, say) => ({
      subject: `Nobody came: ${title}`,
      body: [
        `${host} notes that nobody came to your test of “${product}” in “${title}”.`,
        slot(when, say),
        'If that is not right, please talk to the host.',
      ],
    }),
    'place-offered': ({ title, product, until, ...when }, host, say) => ({
      subject: `A place is free: ${title}`,
      body: [`There is a place for your test of “${product}” in “${title}” at ${host}.`, slot(when, say), heldUntil(until, say)],
    }),
    'offer-expired': ({ title, product, ...when }, host, say) => ({
      subject: `The offered place has gone on: ${title}`,
      body: [
        `The place for your test of “${product}” in “${title}” at ${host} was not taken in time and goes to the next company.`,
        slot(when, say),
      ],
    }),
    'waitlist-rescheduled': ({ title, product, previous, reason, until, ...when }, host, say) => ({
      subject: `Another time for what you wait for: ${title}`,
      body: [
        ...(until === undefined
          ? [
              `${host} has moved the slot for which your test of “${product}” in “${title}” is waiting. You keep your place in the waitlist.`,
            ]
          : [
              `${host} has moved the slot in which a place is held for your test of “${product}” in “${title}”.`,
              heldUntil(until, say),
            ]),
        `Now: ${slot(when, say)}`,
        `Before: ${say.period(previous.startsAt, previous.endsAt)}`,
        ...given(reason),
        `If the new time does not suit you, ${until === undefined ? 'leave the waitlist' : 'let the place pass'}.`,
      ],
    }),
    'waitlist-ended': ({ title, product, because, ...when }, host, say) => ({
      subject: `No place was left: ${title}`,
      body: [
        because === 'begun'
          ? `The slot has begun, and no place came free for your test of “${product}” in “${title}” at ${host}.`
          : `${host} has closed the slot for which your test of “${product}” in “${title}” was waiting.`,
        slot(when, say),
        'Other slots may be open.',
      ],
    }),
  },
  mail: {
    greeting: (name) => `Hello ${name},`,
    open: 'Open it on Umuhuza',
    whyInvited: (organisation) => `You get this mail because ${organisation} gave your address for this test on Umuhuza.`,
    why: (organisation) => `You get this mail because you are a member of ${organisation} on Umuhuza.`,
    unsubscribe: (kind) => `No more e-mail about ${kind}`,
    mustBeKnown: 'Awards, cancellations and changes concern you directly; mails about them cannot be switched off.',
  },
  unsubscribePage: {
    title: 'E-mail from Umuhuza',
    question: (kind) => `Shall we stop sending you e-mail about ${kind}?`,
    button: 'No more e-mail about this',
    done: (kind) => `You get no more e-mail about ${kind}. Your inbox on Umuhuza goes on showing it.`,
    elsewhere: 'You can change this at any time in your preferences.',
    unknown: 'This link is not known. Use the whole link as the mail showed it, or sign in and change your preferences.',
  },
};
