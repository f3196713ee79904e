import { catalogue } from '@umuhuza/contracts/catalogue';
import type { Document, Order, Stage } from '../stage.ts';
import { asks, german, made, members, pointsOfTime, register, registered, rwandan, type Story, untilSeen } from '../story.ts';

const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];
const terms = {
  title: 'A portal for carriers (demonstration)',
  description: 'Carriers see their loads and confirm them on a phone.',
  cpv: ['72212000'],
  lots: [{ id: 'lot', title: 'All of it' }],
  deadline: '2035-01-31T22:59:59.000Z',
  criteria,
};
const bid = {
  prices: [{ lotId: 'lot', price: { amount: 4_000_000, currency: 'EUR' } }],
  answers: [{ criterionId: 'approach', answer: 'Two-week iterations.' }],
};

const known = async (stage: Stage, name: string) => {
  const buyer = german(`buyer-${name}`);
  const firm = rwandan(`firm-${name}`);
  await register(stage, buyer);
  await register(stage, firm);
  await stage.quiet();
  return { buyer, firm };
};
const draftOf = async (stage: Stage, name: string, more: object = {}) => {
  const { buyer, firm } = await known(stage, name);
  const { id } = await made(stage, `draft ${name}`, {
    by: buyer,
    method: 'POST',
    path: '/api/tenders',
    body: { ...terms, ...more },
  });
  return { buyer, firm, id: String(id), path: `/api/tenders/${id}` };
};
const publishedOf = async (stage: Stage, name: string, more: object = {}) => {
  const draft = await draftOf(stage, name, more);
  await made(stage, `published ${name}`, { by: draft.buyer, method: 'POST', path: `${draft.path}/publish`, body: {} });
  return draft;
};
const bidOf = (by: Order['by'], path: string): Order => ({ by, method: 'PUT', path: `${path}/bids/mine`, body: bid });

/** A tender whose bids are open, with one bid in it. The deadline comes to the tender, since nobody waits until 2035. */
const openedOf = async (stage: Stage, name: string) => {
  const tender = await publishedOf(stage, name, { standstillDays: 0 });
  const { buyer, firm, id, path } = tender;
  await made(stage, `bid to open ${name}`, bidOf(firm, path));
  const past = '2026-01-01T00:00:00.000Z';
  await stage.database
    .collection<{ _id: string }>('tenders')
    .updateOne({ _id: id }, { $set: { 'state.terms.deadline': past, 'lookup.deadline': past } });
  let bids: readonly { readonly bidId: string }[] = [];
  await untilSeen('the bids are open', async () => {
    const { status, body } = await stage.get(buyer, `${path}/bids`);
    if (status === 200) bids = (body as { readonly bids: typeof bids }).bids;
    return bids.length > 0;
  });
  return { ...tender, bidId: bids[0]?.bidId };
};
const awardOf = (buyer: Order['by'], path: string, bidId: string | undefined): Order => ({
  by: buyer,
  method: 'POST',
  path: `${path}/award`,
  body: { lotId: 'lot', bidId, scores: [{ bidId, criterionId: 'approach', score: 100 }] },
});

/** Sealed bids lie in one text; what is another in each run stands in its rows, and in the mark under which a bidder's commands are kept. */
const withBids = (document: Document): Document => {
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

export const tenders: Story = {
  service: 'tenders',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
    'matching.FirmsMatched': async (stage, mark) => {
      const { id, firm } = await publishedOf(stage, `matched-${mark}`, { audience: 'matched' });
      const { data, example } = catalogue.matching.FirmsMatched;
      const firms = example.firms.map((one) => ({ ...one, organisationId: firm.organisation }));
      return { subject: id, data: data.parse({ ...example, tenderId: id, firms }) };
    },
  },
  commands: {
    'closes the bidding and opens the bids when their time has come': async (stage, mark) => {
      const { buyer, firm, id, path } = await publishedOf(stage, `due-${mark}`);
      await made(stage, `bid in time ${mark}`, bidOf(firm, path));
      const past = '2026-01-01T00:00:00.000Z';
      return async () => {
        // The deadline comes to the tender, since nobody waits until 2035.
        await stage.database
          .collection<{ _id: string }>('tenders')
          .updateOne({ _id: id }, { $set: { 'state.terms.deadline': past, 'lookup.deadline': past } });
        await untilSeen('the bids are open', async () => {
          const { status } = (await stage.get(buyer, path)).body as { readonly status: string };
          return status === 'opened';
        });
        return undefined;
      };
    },
    'begins a tender': asks('begins a tender', async (stage, mark) => ({
      by: (await known(stage, `begin-${mark}`)).buyer,
      method: 'POST',
      path: '/api/tenders',
      body: terms,
    })),
    'publishes a tender': asks('publishes a tender', async (stage, mark) => {
      const { buyer, path } = await draftOf(stage, `publish-${mark}`);
      return { by: buyer, method: 'POST', path: `${path}/publish`, body: {} };
    }),
    asks: asks('asks', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `ask-${mark}`);
      return { by: firm, method: 'POST', path: `${path}/questions`, body: { question: 'May the team work from Kigali?' } };
    }),
    'answers a question': asks('answers a question', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `answer-${mark}`);
      const body = { question: 'May the team work from Kigali?' };
      const asked = await made(stage, `asked ${mark}`, { by: firm, method: 'POST', path: `${path}/questions`, body });
      const [question] = asked.questions as readonly { readonly id: string }[];
      return { by: buyer, method: 'POST', path: `${path}/questions/${question?.id}/answer`, body: { answer: 'Yes.' } };
    }),
    'amends a tender with a bid': asks('amends a tender with a bid', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `amend-${mark}`);
      await made(stage, `bid to confirm ${mark}`, bidOf(firm, path));
      const body = { description: 'Carriers see their loads on a phone.', reason: 'A screen was forgotten.' };
      return { by: buyer, method: 'PATCH', path, body };
    }),
    'awards a lot': asks('awards a lot', async (stage, mark) => {
      const { buyer, path, bidId } = await openedOf(stage, `award-${mark}`);
      return awardOf(buyer, path, bidId);
    }),
    'signs a contract': asks('signs a contract', async (stage, mark) => {
      const { buyer, firm, path, bidId } = await openedOf(stage, `sign-${mark}`);
      await made(stage, `awarded to sign ${mark}`, awardOf(buyer, path, bidId));
      const contract = `${path}/lots/lot/contract`;
      await made(stage, `offered ${mark}`, { by: buyer, method: 'POST', path: contract, body: {} });
      const { lots } = (await stage.get(firm, path)).body as {
        readonly lots: readonly { readonly award?: { readonly contract?: { readonly contractId: string } } }[];
      };
      return { by: firm, method: 'POST', path: `${contract}/sign`, body: { contractId: lots[0]?.award?.contract?.contractId } };
    }),
    'bids for the first time': asks('bids for the first time', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `bid-${mark}`);
      return bidOf(firm, path);
    }),
    'changes its bid': asks('changes its bid', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `rebid-${mark}`);
      await made(stage, `bid ${mark}`, bidOf(firm, path));
      return { ...bidOf(firm, path), body: { ...bid, summary: 'For less than before.' } };
    }),
    'withdraws its bid': asks('withdraws its bid', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `unbid-${mark}`);
      await made(stage, `bid to withdraw ${mark}`, bidOf(firm, path));
      return { by: firm, method: 'DELETE', path: `${path}/bids/mine` };
    }),
    'cancels a tender with a bid': asks('cancels a tender with a bid', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `cancel-${mark}`);
      await made(stage, `bid in vain ${mark}`, bidOf(firm, path));
      return { by: buyer, method: 'POST', path: `${path}/cancel`, body: { reason: 'The project was stopped.' } };
    }),
  },
  slow: {
    'closes the bidding and opens the bids when their time has come': pointsOfTime,
    'awards a lot': pointsOfTime,
    'signs a contract': pointsOfTime,
  },
  /**
   * A content that no tender names is a bid that was never given; it is deleted when the tender ends. The keys of a tender that has ended
   * are destroyed then, or at the next start.
   */
  lasting: (collection, document, { tenders: all = [] }) => {
    const isNamed = () => JSON.stringify(all).includes(String(document._id));
    const takesBids = (tenderId: unknown) =>
      all.some(({ _id, state }) => _id === tenderId && (state as { readonly status?: string }).status === 'published');
    const lasts =
      collection === 'bidContents'
        ? isNamed()
        : collection === 'tenderKeys'
          ? takesBids(document._id)
          : collection === 'bidderKeys'
            ? takesBids(document.tenderId)
            : true;
    return !lasts ? undefined : collection === 'tenders' ? withBids(document) : document;
  },
  isAtRest: async ({ database }) => (await database.collection('tenders').findOne({ 'lookup.leftovers': true })) === null,
  /** What a tender keeps of its bidders, their keys and receipts until the opening is told by a key of its own. */
  opaque: /^([\w-]{22}|[\w.-]{43,})$/,
};
