import type { EventData } from '@umuhuza/contracts/catalogue';
import { type Document, type Order, type Stage, userOf } from '../stage.ts';
import { german, made, members, register, rwandan } from '../story.ts';

const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];
export const terms = {
  title: 'A portal for carriers (demonstration)',
  description: 'Carriers see their loads and confirm them on a phone.',
  cpv: ['72212000'],
  lots: [{ id: 'lot', title: 'All of it' }],
  deadline: '2035-01-31T22:59:59.000Z',
  criteria,
};
export const bid = {
  prices: [{ lotId: 'lot', price: { amount: 4_000_000, currency: 'EUR' } }],
  answers: [{ criterionId: 'approach', answer: 'Two-week iterations.' }],
};
export const past = '2026-01-01T00:00:00.000Z';

export const known = async (stage: Stage, name: string) => {
  const buyer = german(`buyer-${name}`);
  const firm = rwandan(`firm-${name}`);
  await register(stage, buyer);
  await register(stage, firm);
  await stage.quiet();
  return { buyer, firm };
};
export const draftOf = async (stage: Stage, name: string, more: object = {}) => {
  const { buyer, firm } = await known(stage, name);
  const { id } = await made(stage, `draft ${name}`, {
    by: buyer,
    method: 'POST',
    path: '/api/tenders',
    body: { ...terms, ...more },
  });
  return { buyer, firm, id: String(id), path: `/api/tenders/${id}` };
};
export const publishedOf = async (stage: Stage, name: string, more: object = {}) => {
  const draft = await draftOf(stage, name, more);
  await made(stage, `published ${name}`, { by: draft.buyer, method: 'POST', path: `${draft.path}/publish`, body: {} });
  return draft;
};
export const bidOf = (by: Order['by'], path: string): Order => ({ by, method: 'PUT', path: `${path}/bids/mine`, body: bid });

/** A tender with a bid whose deadline is over, since nobody waits until 2035. The clock looks elsewhere for deadlines and leaves it alone. */
export const overOf = async (stage: Stage, name: string) => {
  const tender = await publishedOf(stage, name, { standstillDays: 0 });
  await made(stage, `bid to open ${name}`, bidOf(tender.firm, tender.path));
  await stage.database
    .collection<{ _id: string }>('tenders')
    .updateOne({ _id: tender.id }, { $set: { 'state.terms.deadline': past } });
  return tender;
};
export const opens = ({ buyer, path }: { buyer: Order['by']; path: string }): Order => ({
  by: buyer,
  method: 'POST',
  path: `${path}/open-bids`,
  body: {},
});

/** The same with its bids open. */
export const openedOf = async (stage: Stage, name: string) => {
  const tender = await overOf(stage, name);
  await made(stage, `opened ${name}`, opens(tender));
  const { body } = await stage.get(tender.buyer, `${tender.path}/bids`);
  const [first] = (body as { readonly bids: readonly { readonly bidId: string }[] }).bids;
  if (!first) throw new Error(`no bid was opened for ${name}`);
  return { ...tender, bidId: first.bidId };
};
export type OpenedTender = Awaited<ReturnType<typeof openedOf>>;

export const awardOf = ({ buyer, path, bidId }: OpenedTender): Order => ({
  by: buyer,
  method: 'POST',
  path: `${path}/award`,
  body: { lotId: 'lot', bidId, scores: [{ bidId, criterionId: 'approach', score: 100 }] },
});
export const awardedOf = async (stage: Stage, name: string) => {
  const tender = await openedOf(stage, name);
  await made(stage, `awarded ${name}`, awardOf(tender));
  return tender;
};

export const contractOf = ({ path }: { path: string }): string => `${path}/lots/lot/contract`;
export const offers = (tender: OpenedTender): Order => ({ by: tender.buyer, method: 'POST', path: contractOf(tender), body: {} });

export const offeredOf = async (stage: Stage, name: string) => {
  const tender = await awardedOf(stage, name);
  await made(stage, `offered ${name}`, offers(tender));
  const { lots } = (await stage.get(tender.firm, tender.path)).body as {
    readonly lots: readonly { readonly award?: { readonly contract?: { readonly contractId: string } } }[];
  };
  return { ...tender, contractId: lots[0]?.award?.contract?.contractId };
};
export const signs = (tender: Awaited<ReturnType<typeof offeredOf>>): Order => ({
  by: tender.firm,
  method: 'POST',
  path: `${contractOf(tender)}/sign`,
  body: { contractId: tender.contractId },
});
/** The same with its contract signed; the path is that of its only milestone. */
export const signedOf = async (stage: Stage, name: string) => {
  const tender = await offeredOf(stage, name);
  await made(stage, `signed ${name}`, signs(tender));
  return { ...tender, milestone: `${contractOf(tender)}/milestones/milestone-1` };
};

export const clarificationOf = ({ firm, path }: OpenedTender): Order => ({
  by: firm,
  method: 'POST',
  path: `${path}/lots/lot/clarification`,
  body: { question: 'What decided it?' },
});

/** Two members of the buyer, of whom the first asks in its name. */
const second = (organisation: string): string => `second-of-${organisation}`;
const twoMembers = (organisation: string): EventData<'identity.MembersChanged'> => {
  const one = members(organisation, 'DE');
  const [first] = one.members;
  return { ...one, members: first ? [first, { ...first, userId: second(organisation), email: `second-${first.email}` }] : [] };
};
/** Its bids are open, and two of its members score them. */
export const scoredByTwo = async (stage: Stage, name: string) => {
  const tender = await openedOf(stage, name);
  const { organisation } = tender.buyer;
  await stage.say('identity.MembersChanged', organisation, twoMembers(organisation), 2);
  await stage.quiet();
  return { ...tender, appoints: appoints(tender, [userOf(organisation), second(organisation)]) };
};
const appoints = ({ buyer, path }: OpenedTender, evaluators: readonly string[]): Order => ({
  by: buyer,
  method: 'PUT',
  path: `${path}/evaluators`,
  body: { evaluators },
});
export const scores = ({ buyer, path, bidId }: OpenedTender): Order => ({
  by: buyer,
  method: 'POST',
  path: `${path}/scores`,
  body: { scores: [{ bidId, criterionId: 'approach', score: 80 }] },
});

/** A file that comes as the body of its request. */
export const fileTo = (by: Order['by'], path: string): Order => ({
  by,
  method: 'POST',
  path: `${path}?name=read-me.txt`,
  file: 'What everybody must know (demonstration).',
});

/**
 * Sealed bids lie in one text; what is another in each run stands in its rows, and in the mark under which a bidder's commands are kept.
 */
export const withBids = (document: Document): Document => {
  const { state, commands } = document as unknown as {
    readonly state: { readonly bids?: unknown };
    readonly commands: readonly { readonly apart?: string }[];
  };
  return {
    ...document,
    commands: commands.map((command) => (command.apart === undefined ? command : { ...command, apart: '<opaque>' })),
    state: typeof state.bids === 'string' ? { ...state, bids: JSON.parse(state.bids) as unknown } : state,
  };
};
