import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addMilestoneDocument } from './addMilestoneDocument.ts';
import { admitFirms } from './admitFirms.ts';
import { answerClarification } from './answerClarification.ts';
import { answerQuestion } from './answerQuestion.ts';
import { appointEvaluators } from './appointEvaluators.ts';
import { askClarification } from './askClarification.ts';
import { askQuestion } from './askQuestion.ts';
import { awardLot } from './awardLot.ts';
import { cancelTender } from './cancelTender.ts';
import { addDocument, removeDocument } from './changeDocuments.ts';
import { closeBidding } from './closeBidding.ts';
import { closeScoring } from './closeScoring.ts';
import { createDraft } from './createDraft.ts';
import { declareConflict } from './declareConflict.ts';
import { declareUnsuccessful } from './declareUnsuccessful.ts';
import { declineAward } from './declineAward.ts';
import { deleteLeftovers } from './deleteLeftovers.ts';
import { disqualifyBid } from './disqualifyBid.ts';
import { editTender } from './editTender.ts';
import { followTender } from './followTender.ts';
import { hideAskers } from './hideAskers.ts';
import { noteWithdrawal } from './noteWithdrawal.ts';
import { offerContract } from './offerContract.ts';
import { openBids } from './openBids.ts';
import { publishTender } from './publishTender.ts';
import { isRefusal, type TenderRefusal } from './refusals.ts';
import { remindBuyer } from './remindBuyer.ts';
import {
  afterStandstill,
  appointed,
  asBuyer,
  asEvaluator,
  asFirm,
  asked,
  asksAs,
  asStranger,
  before,
  buyer,
  contractOffered,
  created,
  everyState,
  forBoth,
  later,
  lotAwarded,
  openedTender,
  published,
  publishedTender,
  scoresOf,
  sealedAs,
  submitted,
  terms,
} from './scenes.fixture.ts';
import { scoreBids } from './scoreBids.ts';
import { sealBids } from './sealBids.ts';
import { signContract } from './signContract.ts';
import { signOffMilestone } from './signOffMilestone.ts';
import { submitBid } from './submitBid.ts';
import { type Decision, isShown, type Tender, type TenderFact } from './tender.ts';
import { withdrawBid } from './withdrawBid.ts';

type Answer = 'facts' | 'nothing' | TenderRefusal;
type Status = Tender['status'];

const informed: TenderFact = {
  type: 'BidderInformed',
  lotId: 'run',
  bidId: 'bid-alpha',
  organisationId: 'alpha',
  outcome: 'won',
  reason: 'The only one.',
  at: later,
};
const signed: TenderFact = { type: 'ContractSigned', lotId: 'run', at: afterStandstill };

/** A tender in each state, in which as much has happened as can have: a question waits, a lot is awarded, its contract is signed. */
const scenes: Record<Status, Tender> = {
  ...everyState,
  published: publishedTender(asked, submitted('alpha')),
  closed: publishedTender(asked, submitted('alpha'), { type: 'BiddingClosed', at: later }),
  opened: openedTender(scoresOf({ alpha: 90, beta: 50 }), lotAwarded('run', 'alpha'), informed, contractOffered('run'), signed),
  awarded: openedTender(lotAwarded('run', 'alpha'), lotAwarded('build', 'beta'), informed, contractOffered('run'), signed, {
    type: 'TenderCompleted',
    at: later,
  }),
};
/** Bids are open and nothing is decided; evaluators wait for their turn. */
const scoring = openedTender(appointed('ann'));

const at = before;
const longAfter = '2027-03-01T08:00:00.000Z';
const document = { id: 'd1', name: 'protocol.pdf', type: 'application/pdf', size: 3, sha256: 'a' };
const withDocument = (tender: Tender): Tender =>
  'terms' in tender ? ({ ...tender, terms: { ...tender.terms, documents: [document] } } as Tender) : tender;
const sealedAnew = { bidder: 'mark', contentId: 'c9', digest: 'd9' };
const alpha = asFirm('alpha');
/** As an earlier version kept it. */
const named = { id: 'q0', question: 'May we?', askedBy: 'alpha', askedAt: before };
const about = { lotId: 'run', reason: 'So.', at: later };

/** Every command as the one would give it who may. A new one has to say here what it answers in every state. */
const commands = {
  'the buyer begins a draft': (tender) =>
    createDraft(tender, { tenderId: 't1', ocid: 'o', buyer, terms: { title: 'T' }, at: created }),
  'the buyer edits it': (tender) => editTender(tender, { by: asBuyer, changes: { sectors: ['ports'] }, reason: 'So.', at }),
  'the buyer adds a document': (tender) => addDocument(tender, { by: asBuyer, document, reason: 'So.', at }),
  'the buyer takes a document away': (tender) =>
    removeDocument(withDocument(tender), { by: asBuyer, documentId: document.id, reason: 'So.', at }),
  'the buyer publishes it': (tender) => publishTender(tender, { by: asBuyer, buyerName: 'B', at: published }),
  'the buyer cancels it': (tender) => cancelTender(tender, { by: asBuyer, reason: 'So.', at }),
  'matching suggests firms': (tender) => admitFirms(tender, { firms: ['gamma'] }),
  'a firm follows it': (tender) => followTender(tender, { by: asStranger, follows: true }),
  'a firm asks': (tender) => askQuestion(tender, { questionId: 'q2', question: 'Why?', by: alpha, askedBy: asksAs('alpha'), at }),
  'the buyer answers': (tender) => answerQuestion(tender, { questionId: 'q1', answer: 'So.', by: asBuyer, at }),
  'a firm bids': (tender) =>
    submitBid(tender, {
      bidId: 'b',
      contentId: 'c',
      digest: 'd',
      prices: forBoth(1, 1),
      answers: [],
      by: alpha,
      sealedAs: sealedAs('alpha'),
      at,
    }),
  'a firm withdraws its bid': (tender) => withdrawBid(tender, { by: alpha, sealedAs: sealedAs('alpha'), at }),
  'the clock closes the bidding': (tender) => closeBidding(tender, { at: later }),
  'the buyer opens the bids': (tender) => openBids(tender, { by: asBuyer, contents: new Map(), at: later }),
  'the clock opens the bids': (tender) => openBids(tender, { contents: new Map(), at: later }),
  'a start hides askers that an earlier version named': (tender) =>
    hideAskers(isShown(tender) ? { ...tender, questions: [named] } : tender, { marks: new Map([['alpha', asksAs('alpha')]]) }),
  'a start seals bids of an earlier version': (tender) =>
    sealBids(tender, {
      sealed: new Map(
        'bids' in tender ? tender.bids.map((bid) => ['contentId' in bid ? bid.contentId : '', { ...sealedAnew }]) : [],
      ),
    }),
  'the clock deletes what is left over': (tender) => deleteLeftovers(tender),
  'the clock reminds the buyer': (tender) => remindBuyer(tender, { at: longAfter }),
  'the buyer appoints evaluators': (tender) =>
    appointEvaluators(tender, { by: asBuyer, evaluators: ['ann'], members: ['ann'], at: later }),
  'a member of the buyer declares a conflict': (tender) =>
    declareConflict(tender, { by: asEvaluator('ann'), bidId: 'bid-alpha', reason: 'So.', at: later }),
  'the buyer closes the scoring': (tender) => closeScoring(tender, { by: asBuyer, reason: 'So.', at: later }),
  'the buyer scores': (tender) =>
    scoreBids(tender, { by: asBuyer, scores: [{ bidId: 'bid-beta', criterionId: 'approach', score: 51 }], at: later }),
  'the buyer disqualifies a bid': (tender) =>
    disqualifyBid(tender, { by: asBuyer, bidId: 'bid-beta', code: 'other', reason: 'So.', at: later }),
  'the buyer awards a lot': (tender) => awardLot(tender, { by: asBuyer, lotId: 'build', bidId: 'bid-alpha', at: later }),
  'the buyer ends a lot without an award': (tender) =>
    declareUnsuccessful(tender, { by: asBuyer, ...about, lotId: 'build', code: 'other' }),
  'the winner declines': (tender) => declineAward(tender, { by: alpha, ...about }),
  'the buyer notes that the winner withdrew': (tender) => noteWithdrawal(tender, { by: asBuyer, bidId: 'bid-alpha', ...about }),
  'the buyer offers the contract': (tender) =>
    offerContract(tender, { by: asBuyer, lotId: 'run', contractId: 'c2', at: afterStandstill }),
  'the winner signs the contract': (tender) =>
    signContract(tender, { by: alpha, lotId: 'run', contractId: 'contract-run', at: afterStandstill }),
  'a side signs off a milestone': (tender) =>
    signOffMilestone(tender, { by: alpha, lotId: 'run', milestoneId: 'design', at: afterStandstill }),
  'a side adds a document to a milestone': (tender) =>
    addMilestoneDocument(tender, { by: alpha, lotId: 'run', milestoneId: 'design', document, at: afterStandstill }),
  'a bidder asks about its outcome': (tender) =>
    askClarification(tender, { by: alpha, lotId: 'run', clarificationId: 'k', question: 'Why?', at: later }),
  'the buyer explains an outcome': (tender) =>
    answerClarification(tender, { by: asBuyer, clarificationId: 'k', answer: 'So.', at: later }),
} satisfies Record<string, (tender: Tender) => Decision>;
type Command = keyof typeof commands;

const states = ['absent', 'draft', 'dropped', 'published', 'closed', 'opened', 'awarded', 'unsuccessful', 'cancelled'] as const;
type Row = readonly [Answer, Answer, Answer, Answer, Answer, Answer, Answer, Answer, Answer];
/** All states are in the row: the compiler counts both ways. */
const _everyStatus: Record<Status, true> = Object.fromEntries(states.map((state) => [state, true])) as Record<
  (typeof states)[number],
  true
>;

const gone = 'no-such-tender';
const over = 'procedure-is-over';
const sealed = 'bids-not-opened';

/** What each command answers in each state, in the order of `states`. */
const answers: Record<Command, Row> = {
  'the buyer begins a draft': ['facts', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  'the buyer edits it': [gone, 'facts', over, 'facts', 'bidding-is-over', 'bidding-is-over', over, over, over],
  'the buyer adds a document': [gone, 'facts', over, 'facts', 'bidding-is-over', 'bidding-is-over', over, over, over],
  'the buyer takes a document away': [gone, 'facts', over, 'facts', 'bidding-is-over', 'bidding-is-over', over, over, over],
  'the buyer publishes it': [
    gone,
    'facts',
    'not-a-draft',
    'nothing',
    'not-a-draft',
    'not-a-draft',
    'not-a-draft',
    'not-a-draft',
    'not-a-draft',
  ],
  'the buyer cancels it': [gone, 'facts', 'nothing', 'facts', 'facts', 'a-lot-is-awarded', over, over, 'nothing'],
  'matching suggests firms': ['nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  'a firm follows it': [gone, gone, gone, 'facts', 'facts', 'facts', over, over, over],
  'a firm asks': [gone, gone, gone, 'facts', 'bidding-is-over', 'bidding-is-over', over, over, over],
  'the buyer answers': [gone, 'not-published', over, 'facts', 'facts', 'no-such-question', over, over, over],
  'a firm bids': [gone, gone, gone, 'facts', 'bidding-is-over', 'bidding-is-over', 'bidding-is-over', 'bidding-is-over', over],
  'a firm withdraws its bid': [
    gone,
    gone,
    gone,
    'facts',
    'bidding-is-over',
    'bidding-is-over',
    'bidding-is-over',
    'no-bid',
    'no-bid',
  ],
  'the clock closes the bidding': [
    'nothing',
    'nothing',
    'nothing',
    'facts',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'the buyer opens the bids': [
    gone,
    'not-published',
    over,
    'questions-unanswered',
    'questions-unanswered',
    'nothing',
    'nothing',
    'nothing',
    over,
  ],
  'the clock opens the bids': [
    gone,
    'not-published',
    over,
    'questions-unanswered',
    'questions-unanswered',
    'nothing',
    'nothing',
    'nothing',
    over,
  ],
  'a start hides askers that an earlier version named': [
    'nothing',
    'nothing',
    'nothing',
    'facts',
    'facts',
    'facts',
    'facts',
    'facts',
    'facts',
  ],
  'a start seals bids of an earlier version': [
    'nothing',
    'nothing',
    'nothing',
    'facts',
    'facts',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
  ],
  'the clock deletes what is left over': [
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'nothing',
    'facts',
    'facts',
    'facts',
    'facts',
  ],
  'the clock reminds the buyer': ['nothing', 'nothing', 'nothing', 'nothing', 'facts', 'facts', 'nothing', 'nothing', 'nothing'],
  'the buyer appoints evaluators': [gone, 'not-published', over, 'facts', 'facts', 'scores-are-final', over, over, over],
  'a member of the buyer declares a conflict': [gone, sealed, over, sealed, sealed, 'facts', over, over, over],
  'the buyer closes the scoring': [gone, sealed, over, sealed, sealed, 'no-evaluators', over, over, over],
  'the buyer scores': [gone, sealed, over, sealed, sealed, 'facts', over, over, over],
  'the buyer disqualifies a bid': [gone, sealed, over, sealed, sealed, 'facts', over, over, over],
  'the buyer awards a lot': [gone, sealed, over, sealed, sealed, 'facts', 'lot-already-awarded', over, over],
  'the buyer ends a lot without an award': [gone, sealed, over, sealed, sealed, 'facts', 'lot-already-awarded', 'nothing', over],
  'the winner declines': [gone, gone, gone, sealed, sealed, 'contract-is-signed', 'contract-is-signed', over, over],
  'the buyer notes that the winner withdrew': [
    gone,
    sealed,
    over,
    sealed,
    sealed,
    'contract-is-signed',
    'contract-is-signed',
    over,
    over,
  ],
  'the buyer offers the contract': [gone, sealed, over, sealed, sealed, 'contract-is-signed', 'contract-is-signed', over, over],
  'the winner signs the contract': [gone, gone, gone, sealed, sealed, 'nothing', 'nothing', over, over],
  'a side signs off a milestone': [gone, gone, gone, sealed, sealed, 'facts', 'facts', over, over],
  'a side adds a document to a milestone': [gone, gone, gone, sealed, sealed, 'facts', 'facts', over, over],
  'a bidder asks about its outcome': [
    gone,
    gone,
    gone,
    'no-outcome-yet',
    'no-outcome-yet',
    'facts',
    'facts',
    'no-outcome-yet',
    over,
  ],
  'the buyer explains an outcome': [
    gone,
    sealed,
    over,
    sealed,
    sealed,
    'no-such-clarification',
    'no-such-clarification',
    'no-such-clarification',
    over,
  ],
};

const answerOf = (decision: Decision): Answer => {
  if (isRefusal(decision)) return decision.refused;
  return decision.length > 0 ? 'facts' : 'nothing';
};
const cells = (Object.keys(commands) as Command[]).flatMap((command) =>
  states.map((state, n) => [command, state, answers[command][n] as Answer] as const),
);

describe('every state answers every command', () => {
  it.each(cells)('when %s and the tender is %s: %s', (command, state, expected) => {
    const before = JSON.stringify(scenes[state]);
    expect(answerOf(commands[command](scenes[state]))).toBe(expected);
    expect(JSON.stringify(scenes[state])).toBe(before);
  });
  it.each([
    ['a member of the buyer declares a conflict', 'facts'],
    ['the buyer closes the scoring', 'bids-not-scored'],
    ['the buyer scores', 'not-an-evaluator'],
    ['the buyer awards a lot', 'scoring-not-over'],
    ['the buyer appoints evaluators', 'nothing'],
  ] as const)('when %s while evaluators score: %s', (command, expected) =>
    expect(answerOf(commands[command](scoring))).toBe(expected),
  );
  it.each(
    (Object.keys(commands) as Command[]).filter((name) => name.startsWith('the buyer ') && name !== 'the buyer begins a draft'),
  )('nobody else can act as the buyer: %s', (command) => {
    for (const [state, tender] of Object.entries(scenes)) {
      if (!('buyer' in tender)) continue;
      const others = { ...tender, buyer: { ...tender.buyer, organisationId: 'somebody' } } as Tender;
      expect(answerOf(commands[command](others)), state).toMatch(/^(no-such-tender|only-the-buyer)$/);
    }
  });
  it('and no decision of this folder is missing from the list', () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => /^\w+\.ts$/.test(name));
    const decisions = sources.flatMap((name) =>
      [
        ...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(
          /^export const (\w+) = \(\w+: Tender\b[\s\S]*?\): (\w+)/gm,
        ),
      ]
        .filter(([, , result]) => result === 'Decision')
        .map(([, decision]) => decision),
    );
    expect(decisions.length).toBeGreaterThan(25);
    const listed = Object.values(commands).join('\n');
    expect(decisions.filter((decision) => !new RegExp(`\\b${decision}\\)?\\(`).test(listed))).toEqual([]);
  });
  it('is held against scenes of those very states', () =>
    expect(Object.entries(scenes).map(([state, { status }]) => [state, status])).toEqual(states.map((s) => [s, s])));
  it('and terms that a firm can bid on', () => expect(terms.lots.map(({ id }) => id)).toEqual(['build', 'run']));
});
