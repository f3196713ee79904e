import type { OpenedBids } from '@umuhuza/contracts/tenders/schemas';
import { DoorRefused, expecting } from '../door.ts';
import { patiently } from '../patiently.ts';
import { type Bidders, key, type MainJob, type Posted } from './job.ts';

type Opened = Posted & { readonly bids: OpenedBids };

export const openAll = async ({ display }: MainJob, played: readonly Posted[]): Promise<Opened[]> =>
  display.step('Bids are opened, once', played.length, async (tick) => {
    const opened: Opened[] = [];
    for (const { buyer, tender } of played) {
      // Opening also happens by itself; whoever comes first, it is one transition.
      const after = await patiently('the deadline has passed at the server', async () => {
        const answer = await buyer.tenders.openBids({ params: { id: tender.id }, body: {}, headers: key('open', tender.id) });
        if (answer.status === 200) return answer.body;
        const read = await expecting('reads its tender', 200, buyer.tenders.get({ params: { id: tender.id } }));
        if (read.status === 'published' || read.status === 'closed')
          throw new DoorRefused('opens bids', answer.status, answer.body);
        return read;
      });
      if (after.status === 'opened') {
        opened.push({
          buyer,
          tender: after,
          bids: await expecting('reads the bids', 200, buyer.tenders.bids({ params: { id: tender.id } })),
        });
      }
      tick(`${after.title}: ${after.bidsOpened ?? 0} bids`);
    }
    return opened;
  });

/** What the buyer gives each bid for each quality criterion: made up, and another for each tender. */
const qualityScore = (tender: number, bid: number, criterion: number): number =>
  62 + ((tender * 11 + bid * 17 + criterion * 7) % 34);

export const awardAll = async (
  { display }: MainJob,
  opened: readonly Opened[],
  link: (path: string) => string,
): Promise<void> => {
  const said: string[] = [];
  await display.step('The buyers score, and award by the ranking', opened.length, async (tick) => {
    for (const [t, { buyer, tender, bids }] of opened.entries()) {
      const scores = bids.bids.flatMap(({ bidId }, n) =>
        ['approach', 'team'].map((criterionId, c) => ({
          bidId,
          criterionId,
          score: qualityScore(t, n, c),
        })),
      );
      await expecting(
        'scores',
        200,
        buyer.tenders.score({ params: { id: tender.id }, body: { scores }, headers: key('score', tender.id) }),
      );
      const ranked = await expecting('reads the ranking', 200, buyer.tenders.bids({ params: { id: tender.id } }));
      for (const { lotId, ranking } of ranked.lots) {
        const [first] = ranking;
        if (!first) continue;
        await expecting(
          'awards',
          200,
          buyer.tenders.award({
            params: { id: tender.id },
            body: { lotId, bidId: first.bidId, reason: 'First in the ranking.' },
            headers: key('award', tender.id, lotId),
          }),
        );
        said.push(
          `${tender.title}${ranked.lots.length > 1 ? `, ${tender.lots.find(({ id }) => id === lotId)?.title}` : ''}: ${first.bidder.name ?? first.bidder.organisationId} with ${first.points} of 100 points (${ranking.length} bids)  ${link(`tenders/${tender.id}`)}`,
        );
      }
      tick(tender.title);
    }
  });
  for (const text of said) display.line(text);
};

export const seeOutcomes = async (
  { display }: MainJob,
  opened: readonly Opened[],
  bidders: Bidders,
  link: (path: string) => string,
): Promise<void> => {
  const firmsToTell = [...new Set(opened.flatMap(({ tender }) => bidders.get(tender.id) ?? []))];
  const said: string[] = [];
  await display.step('Winners and losers are told', firmsToTell.length, async (tick) => {
    for (const firm of firmsToTell) {
      const told = await patiently('its outcome arrives', async () => {
        const { items } = await expecting('reads its inbox', 200, firm.inbox.list({ query: { limit: 100 } }));
        const outcomes = items.filter(({ kind }) => kind === 'award-outcome');
        if (outcomes.length === 0) throw new Error('not yet');
        return outcomes;
      });
      said.push(`${firm.name}: ${told.map(({ subject }) => `“${subject}”`).join(', ')}`);
      tick(firm.name);
    }
  });
  for (const text of said) display.line(text);
  if (said.length > 0) display.line(link('inbox'));
};
