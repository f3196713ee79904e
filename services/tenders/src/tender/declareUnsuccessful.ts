import { type Judge, unlessFree } from './conflicts.ts';
import { outcomesOfNoAward } from './outcomes.ts';
import { unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, type Opened, openingOf, type Tender, type TenderFact, type UnsuccessfulCode } from './tender.ts';

export type DeclareUnsuccessful = Judge & {
  /** Undefined: all lots that are still open. */
  readonly lotId?: string;
  readonly code: UnsuccessfulCode;
  readonly reason: string;
  readonly at: string;
};

/** Ends a lot without an award; with the last lot the tender ends too. Before opening a tender is cancelled instead. */
export const declareUnsuccessful = (tender: Tender, command: DeclareUnsuccessful): Decision => {
  const refusal = unlessBuyer(tender, command.by);
  if (refusal) return refusal;
  const result = openingOf(tender)?.results.find(({ lotId }) => lotId === command.lotId);
  if (result) return result.kind === 'unsuccessful' ? [] : refuse('lot-already-awarded');
  switch (tender.status) {
    case 'opened':
      if (command.lotId !== undefined && !tender.terms.lots.some(({ id }) => id === command.lotId)) return refuse('no-such-lot');
      return ending(tender, command);
    case 'unsuccessful':
      return [];
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

const ending = (tender: Opened, { lotId, code, reason, at, ...judge }: DeclareUnsuccessful): Decision => {
  const open = tender.terms.lots.filter(({ id }) => !tender.results.some((result) => result.lotId === id));
  const ended = open.filter(({ id }) => lotId === undefined || id === lotId);
  const bias = unlessFree(
    tender,
    judge,
    ended.map(({ id }) => id),
  );
  if (bias) return bias;
  const facts = ended.flatMap(({ id }): TenderFact[] => [
    { type: 'LotDeclaredUnsuccessful', lotId: id, code, reason, at },
    ...outcomesOfNoAward(tender, id, { what: 'The lot was declared unsuccessful', reason, at }),
  ]);
  if (ended.length < open.length) return facts;
  const isAwarded = tender.results.some(({ kind }) => kind === 'awarded');
  return [...facts, isAwarded ? { type: 'TenderCompleted', at } : { type: 'TenderDeclaredUnsuccessful', code, reason, at }];
};
