import type { BidContent, BidDraft, BidReceipt, MustHaveCode, MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';

/** What a bidder writes; null where there is nothing. */
export type BidFields = {
  readonly prices: BidContent['prices'];
  readonly answers: BidContent['answers'];
  readonly team: NonNullable<BidContent['team']>;
  readonly documents: NonNullable<BidContent['documents']>;
  readonly confirms: readonly MustHaveCode[];
  readonly summary: string;
  readonly ownCurrency: NonNullable<BidDraft['ownCurrency']> | null;
};

/** A bid or its draft as a form; without one, an empty form. */
export const fieldsOf = (from: Partial<BidDraft> | undefined): BidFields => ({
  prices: from?.prices ?? [],
  answers: from?.answers ?? [],
  team: from?.team ?? [],
  documents: from?.documents ?? [],
  confirms: from?.confirms ?? [],
  summary: from?.summary ?? '',
  ownCurrency: from?.ownCurrency ?? null,
});

/** What a bid says of things that the tender does not ask for any more. */
export type NoLongerAsked = {
  readonly prices: BidFields['prices'];
  readonly answers: BidFields['answers'];
};

/** What of a bid still fits its tender, which may have been amended since it was written; and what does not, to be read once more. */
export const fittedTo = (
  values: BidFields,
  { lots, criteria, currency, mustHaveCodes }: Pick<TenderView, 'lots' | 'criteria' | 'currency' | 'mustHaveCodes'>,
): { readonly values: BidFields; readonly noLongerAsked: NoLongerAsked } => {
  const isPriced = ({ lotId, price }: BidFields['prices'][number]) =>
    price.currency === currency && lots.some(({ id }) => id === lotId);
  const isAsked = ({ criterionId }: BidFields['answers'][number]) =>
    criteria.some(({ id, kind }) => id === criterionId && kind === 'quality');
  return {
    values: {
      ...values,
      prices: values.prices.filter(isPriced),
      answers: values.answers.filter(isAsked),
      confirms: values.confirms.filter((code) => mustHaveCodes.includes(code)),
    },
    noLongerAsked: {
      prices: values.prices.filter((price) => !isPriced(price)),
      answers: values.answers.filter((answer) => !isAsked(answer) && answer.answer.trim() !== ''),
    },
  };
};

/** What a lot or a criterion of a tender is called, or was before an amendment took it away. */
export const calledOnce = (
  tender: Pick<TenderView, 'lots' | 'criteria' | 'amendments'>,
  term: 'lots' | 'criteria',
  id: string,
): string | undefined => {
  const before = tender.amendments.flatMap(({ changes }) => changes.filter((change) => change.term === term)).reverse();
  const versions: readonly unknown[] = [tender[term], ...before.map(({ from }) => from)];
  return versions
    .flatMap((rows) => (Array.isArray(rows) ? (rows as Partial<Called>[]) : []))
    .filter((row) => row.id === id)
    .map(({ title, name }) => title ?? name)
    .find((called) => called !== undefined);
};
type Called = { readonly id: string; readonly title: string; readonly name: string };

/** What has changed of what is asked since so many amendments were read; a later deadline, say, is no reason to read anything anew. */
export const askedAnewSince = ({ amendments }: Pick<TenderView, 'amendments'>, read: number): TenderView['amendments'] =>
  amendments.slice(read).filter(({ changesWhatIsAsked }) => changesWhatIsAsked);

/** The own bid as it is from the moment that it was taken. */
export const handedIn = ({ statement: _, ...taken }: BidReceipt, content: BidContent): MyBid => ({
  ...taken,
  status: 'valid',
  content,
  outcomes: [],
});

/** What is handed in: what was left empty is left out. */
export const contentOf = ({ prices, answers, team, documents, confirms, summary }: BidFields): BidContent => ({
  prices,
  answers: answers.filter(({ answer }) => answer.trim() !== ''),
  ...(team.length > 0 ? { team } : {}),
  ...(documents.length > 0 ? { documents } : {}),
  ...(confirms.length > 0 ? { confirms: [...confirms] } : {}),
  ...(summary.trim() === '' ? {} : { summary }),
});

export const draftOf = (fields: BidFields): BidDraft => ({
  ...contentOf(fields),
  ...(fields.ownCurrency ? { ownCurrency: fields.ownCurrency } : {}),
});

/** What the platform would refuse while it is half typed. */
export const isWhole = (name: keyof BidFields, value: unknown): boolean => {
  if (name === 'team') return (value as BidFields['team']).every(({ role }) => role.trim() !== '');
  if (name === 'ownCurrency') return value === null || isRate((value as { readonly rate: string }).rate);
  return true;
};

/** As the contract takes it. */
export const isRate = (rate: string): boolean => /^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,9})?$/.test(rate);

export type MissingInBid = {
  readonly what: 'price' | 'answer' | 'confirmation' | 'role';
  readonly step: BidStep;
  readonly of?: string;
};
export type BidStep = 'prices' | 'answers' | 'team' | 'documents' | 'submit';
export const bidSteps = ['prices', 'answers', 'team', 'documents', 'submit'] as const satisfies readonly BidStep[];

/** What a bid for this tender still needs: without a price and each confirmation it is not taken, an answer is only advisable. */
export const missingInBid = (
  { prices, answers, team, confirms }: BidFields,
  { criteria, mustHaveCodes }: Pick<TenderView, 'criteria' | 'mustHaveCodes'>,
): { readonly needed: readonly MissingInBid[]; readonly advised: readonly MissingInBid[] } => {
  const answered = new Set(answers.filter(({ answer }) => answer.trim() !== '').map(({ criterionId }) => criterionId));
  return {
    needed: [
      ...(prices.length === 0 ? [{ what: 'price', step: 'prices' } as const] : []),
      ...mustHaveCodes
        .filter((code) => !confirms.includes(code))
        .map((code) => ({ what: 'confirmation', step: 'answers', of: code }) as const),
      ...(team.some(({ role }) => role.trim() === '') ? [{ what: 'role', step: 'team' } as const] : []),
    ],
    advised: criteria
      .filter(({ id, kind }) => kind === 'quality' && !answered.has(id))
      .map(({ name }) => ({ what: 'answer', step: 'answers', of: name }) as const),
  };
};
