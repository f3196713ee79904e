import { asks, type Commands, made } from '../story.ts';
import {
  awardedOf,
  awardOf,
  clarificationOf,
  fileTo,
  offeredOf,
  offers,
  openedOf,
  opens,
  overOf,
  scoredByTwo,
  scores,
  signedOf,
  signs,
} from './tendersMakings.ts';

const reason = 'The need has changed (demonstration).';

/** What comes after the deadline: the opening, the scoring, the award, its contract, and what bidders want to know. */
export const tenderContracts: Readonly<Record<string, Commands>> = {
  'opens the bids': asks('opens the bids', async (stage, mark) => opens(await overOf(stage, `open-${mark}`))),
  'appoints evaluators': asks(
    'appoints evaluators',
    async (stage, mark) => (await scoredByTwo(stage, `appoint-${mark}`)).appoints,
  ),
  'declares a conflict': asks('declares a conflict', async (stage, mark) => {
    const { buyer, path, bidId } = await openedOf(stage, `conflict-${mark}`);
    return { by: buyer, method: 'POST', path: `${path}/conflicts`, body: { bidId, reason } };
  }),
  'scores bids': asks('scores bids', async (stage, mark) => scores(await openedOf(stage, `score-${mark}`))),
  'ends the scoring': asks('ends the scoring', async (stage, mark) => {
    const tender = await scoredByTwo(stage, `end-scores-${mark}`);
    await made(stage, `appointed ${mark}`, tender.appoints);
    await made(stage, `scored ${mark}`, scores(tender));
    return { by: tender.buyer, method: 'POST', path: `${tender.path}/scores/close`, body: { reason } };
  }),
  'disqualifies a bid': asks('disqualifies a bid', async (stage, mark) => {
    const { buyer, path, bidId } = await openedOf(stage, `disqualify-${mark}`);
    return { by: buyer, method: 'POST', path: `${path}/disqualify`, body: { bidId, code: 'other', reason } };
  }),
  'awards a lot': asks('awards a lot', async (stage, mark) => awardOf(await openedOf(stage, `award-${mark}`))),
  'gives a lot to nobody': asks('gives a lot to nobody', async (stage, mark) => {
    const { buyer, path } = await openedOf(stage, `nobody-${mark}`);
    return { by: buyer, method: 'POST', path: `${path}/unsuccessful`, body: { code: 'need-changed', reason } };
  }),
  'declines an award': asks('declines an award', async (stage, mark) => {
    const { firm, path } = await awardedOf(stage, `decline-${mark}`);
    return { by: firm, method: 'POST', path: `${path}/lots/lot/decline`, body: { reason } };
  }),
  'notes that the winner withdrew': asks('notes that the winner withdrew', async (stage, mark) => {
    const { buyer, path, bidId } = await awardedOf(stage, `withdrew-${mark}`);
    return { by: buyer, method: 'POST', path: `${path}/lots/lot/withdrawal`, body: { bidId, reason } };
  }),
  'offers a contract': asks('offers a contract', async (stage, mark) => offers(await awardedOf(stage, `offer-${mark}`))),
  'signs a contract': asks('signs a contract', async (stage, mark) => signs(await offeredOf(stage, `sign-${mark}`))),
  'signs off a milestone': asks('signs off a milestone', async (stage, mark) => {
    const { firm, milestone } = await signedOf(stage, `sign-off-${mark}`);
    return { by: firm, method: 'POST', path: `${milestone}/sign-off`, body: {} };
  }),
  'adds a document to a milestone': asks('adds a document to a milestone', async (stage, mark) => {
    const { firm, milestone } = await signedOf(stage, `deliver-${mark}`);
    return fileTo(firm, `${milestone}/documents`);
  }),
  'asks about its outcome': asks('asks about its outcome', async (stage, mark) =>
    clarificationOf(await awardedOf(stage, `clarify-${mark}`)),
  ),
  'answers about an outcome': asks('answers about an outcome', async (stage, mark) => {
    const tender = await awardedOf(stage, `clarified-${mark}`);
    await made(stage, `asked about its outcome ${mark}`, clarificationOf(tender));
    const { body } = await stage.get(tender.buyer, `${tender.path}/bids`);
    const [asked] = (body as { readonly clarifications: readonly { readonly id: string }[] }).clarifications;
    const path = `${tender.path}/clarifications/${asked?.id}/answer`;
    return { by: tender.buyer, method: 'POST', path, body: { answer: 'The price.' } };
  }),
};
