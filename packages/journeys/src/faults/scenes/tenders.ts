import type { ImportResult } from '@umuhuza/contracts/tenders/schemas';
import { commandId } from '@umuhuza/eventing/cause';
import type { Company } from '../../door.ts';
import { effect } from '../check/effects.ts';
import { settleContract } from './contract.ts';
import { field, idOf, type Scene, type Stage } from './stage.ts';

const codes = ['72212000', '72230000', '72260000', '72310000'];
const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' },
  { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' },
];
const instant = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const days = 24 * 3_600_000;

const draft = async (stage: Stage, buyer: Company, closesIn: number): Promise<string | undefined> => {
  const n = stage.number();
  const title = `Tender ${n} (demonstration)`;
  const created = await stage.act({
    what: 'begins a tender',
    by: buyer,
    method: 'POST',
    path: '/api/tenders',
    body: {
      title,
      description: `To be written ${n}.`,
      cpv: [stage.random.pick(codes)],
      lots: [{ id: 'lot', title: 'All of it' }],
      deadline: instant(closesIn),
      criteria,
      standstillDays: 0,
      milestones: [
        { id: 'design', title: 'Design' },
        { id: 'go-live', title: 'Go-live' },
      ],
    },
    effect: effect.tender(title),
    about: idOf,
  });
  return created?.status === 201 ? idOf(created.body) : undefined;
};

const publish = (stage: Stage, buyer: Company, id: string) =>
  stage.act({
    what: 'publishes a tender',
    by: buyer,
    method: 'POST',
    path: `/api/tenders/${id}/publish`,
    body: {},
    effect: effect.published(id),
    about: id,
  });

/** A tender is written, published twice at once, asked about, answered twice at once, amended, and now and then cancelled. */
export const writeTender: Scene = async (stage) => {
  const { act, random, number } = stage;
  const buyer = random.pick(stage.germans);
  const id = await draft(stage, buyer, 30 * days);
  if (id === undefined) return;
  const path = `/api/tenders/${id}`;
  const description = `Carriers see their loads ${number()}.`;
  await act({
    what: 'edits a draft',
    by: buyer,
    method: 'PATCH',
    path,
    body: { description },
    effect: effect.draftEdited(description),
    about: id,
  });
  const published = await Promise.all(Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => publish(stage, buyer, id)));
  if (!published.some((reply) => reply?.status === 200)) return;

  const askers = random.shuffled(stage.rwandans).slice(0, 1 + random.below(3));
  await Promise.all(
    askers.map(async (asker) => {
      const question = `May the team work from Kigali? ${number()}`;
      const asked = await act({
        what: 'asks',
        by: asker,
        method: 'POST',
        path: `${path}/questions`,
        body: { question },
        effect: effect.question(question),
        about: id,
      });
      const found = (asked?.body as { questions?: { id: string; question: string }[] } | undefined)?.questions;
      const questionId = found?.find((one) => one.question === question)?.id;
      if (questionId === undefined) return;
      await Promise.all(
        Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => {
          const answer = `Yes, with four shared hours a day. ${number()}`;
          return act({
            what: 'answers',
            by: buyer,
            method: 'POST',
            path: `${path}/questions/${questionId}/answer`,
            body: { answer },
            effect: effect.answer(answer),
            about: id,
          });
        }),
      );
    }),
  );
  if (random.chance(0.4)) {
    const n = number();
    const reason = `The sector was missing. ${n}`;
    await act({
      what: 'amends a tender',
      by: buyer,
      method: 'PATCH',
      path,
      body: { sectors: [`Sector ${n}`], reason },
      effect: effect.amendment(reason),
      about: id,
    });
  }
  if (random.chance(0.7)) {
    const reason = `The project was stopped. ${number()}`;
    await act({
      what: 'cancels a tender',
      by: buyer,
      method: 'POST',
      path: `${path}/cancel`,
      body: { reason },
      effect: effect.tenderCancelled(reason),
      about: id,
    });
  }
};

/** A public notice becomes a draft. */
export const importNotice: Scene = async (stage) => {
  const n = stage.number();
  const title = `Notice ${n} (demonstration)`;
  await stage.act({
    what: 'imports a notice',
    by: stage.random.pick(stage.germans),
    method: 'POST',
    path: '/api/tenders/import',
    body: {
      ocid: `ocds-faults-${n}`,
      id: `${n}`,
      date: instant(0),
      tag: ['tender'],
      initiationType: 'tender',
      tender: { id: `${n}`, title, items: [{ id: '1', classification: { scheme: 'CPV', id: stage.random.pick(codes) } }] },
    },
    effect: effect.tender(title),
    about: (body) => String((body as ImportResult).releases[0]?.tenderId),
  });
};

/** Milliseconds from the draft to the deadline of a tender that is played to its end. */
const biddingLasts = 12_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

const bid = (stage: Stage, bidder: Company, tenderId: string) => {
  const n = stage.number();
  return stage.act({
    what: 'bids',
    by: bidder,
    method: 'PUT',
    path: `/api/tenders/${tenderId}/bids/mine`,
    body: {
      prices: [{ lotId: 'lot', price: { amount: 4_000_000 + n, currency: 'EUR' } }],
      answers: [{ criterionId: 'approach', answer: `Two-week iterations. ${n}` }],
    },
    effect: effect.bid(tenderId, bidder.organisationId),
    about: tenderId,
    receipt: (body) => ({
      version: Number(field('version')(body)),
      digest: field('digest')(body),
      submittedAt: field('submittedAt')(body),
    }),
  });
};

/** What became of it; undefined when the run ended before. */
const untilOpened = async (stage: Stage, buyer: Company, id: string): Promise<string | undefined> => {
  for (;;) {
    const seen = await stage.read(buyer, `/api/tenders/${id}`);
    if (!seen) return undefined;
    const { status } = seen.body as { status: string };
    if (status !== 'published' && status !== 'closed') return status;
    await pause(500);
  }
};

/** Bids up to the deadline and beyond it; after opening, awards of the one lot to each of the bids race. */
export const playTender: Scene = async (stage) => {
  const { act, random } = stage;
  const buyer = random.pick(stage.germans);
  const closesAt = Date.now() + biddingLasts;
  const id = await draft(stage, buyer, biddingLasts);
  if (id === undefined || (await publish(stage, buyer, id))?.status !== 200) return;

  const bidders = random.shuffled(stage.rwandans).slice(0, 4);
  const changesItsMind = random.chance(0.4) ? bidders[3] : undefined;
  await Promise.all(
    bidders.map(async (bidder) => {
      if (bidder === bidders[3] && !changesItsMind) return;
      await bid(stage, bidder, id);
      if (bidder === changesItsMind) {
        await pause(random.below(4_000));
        await act({
          what: 'takes a bid back',
          by: bidder,
          method: 'DELETE',
          path: `/api/tenders/${id}/bids/mine`,
          effect: effect.bidWithdrawn(id, bidder.organisationId),
          about: id,
        });
        return;
      }
      if (random.chance(0.6)) await Promise.all([bid(stage, bidder, id), bid(stage, bidder, id)]);
      // Around the deadline's instant: some are in time, some are not, and the server alone decides.
      await pause(closesAt - Date.now() + random.below(1_500) - 1_000);
      await bid(stage, bidder, id);
    }),
  );
  if ((await untilOpened(stage, buyer, id)) !== 'opened') return;
  const read = await stage.read(buyer, `/api/tenders/${id}/bids`);
  const bids = (read?.body as { bids?: { bidId: string }[] } | undefined)?.bids ?? [];
  const [first] = bids;
  if (first && random.chance(0.3)) {
    const reason = `Its licence has ended. ${stage.number()}`;
    await act({
      what: 'disqualifies a bid',
      by: buyer,
      method: 'POST',
      path: `/api/tenders/${id}/disqualify`,
      body: { bidId: first.bidId, code: 'other', reason },
      effect: effect.disqualified(reason),
      about: id,
    });
  }
  const givesUp = async () => {
    const reason = `Nothing was within reach. ${stage.number()}`;
    await act({
      what: 'declares a tender unsuccessful',
      by: buyer,
      method: 'POST',
      path: `/api/tenders/${id}/unsuccessful`,
      body: { code: 'other', reason },
      effect: effect.unsuccessful(reason),
      about: id,
    });
  };
  await Promise.all([
    ...(random.chance(0.2) ? [givesUp()] : []),
    ...bids.map(({ bidId }) =>
      act({
        what: 'awards the lot',
        by: buyer,
        method: 'POST',
        path: `/api/tenders/${id}/award`,
        body: {
          lotId: 'lot',
          bidId,
          scores: bids.map((one) => ({ bidId: one.bidId, criterionId: 'approach', score: one.bidId === bidId ? 100 : 0 })),
        },
        effect: (key) => effect.said('tenders.LotAwarded', commandId(buyer.organisationId, key)),
        about: id,
      }),
    ),
  ]);
  await settleContract(stage, buyer, id);
};
