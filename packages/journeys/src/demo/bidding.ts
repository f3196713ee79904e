import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type Company, expecting } from '../door.ts';
import { patiently } from '../patiently.ts';
import { type Bidders, key, type MainJob, type Posted } from './job.ts';

export const seeMatches = async (
  { display }: MainJob,
  played: readonly Posted[],
  rwandans: readonly Company[],
): Promise<Bidders> => {
  const said: string[] = [];
  const bidders = await display.step('Matching suggests Rwandan firms, with reasons', played.length, async (tick) => {
    const found = new Map<string, Company[]>();
    for (const { buyer, tender } of played) {
      const matches = await patiently('matching has looked at it', async () => {
        const answer = await expecting(
          'sees the matches',
          200,
          buyer.matching.tenderMatches({ params: { id: tender.id }, query: {} }),
        );
        if (answer.firms.length === 0) throw new Error('no firm yet');
        return answer;
      });
      const [best] = matches.firms;
      const reasons = (kind: 'for' | 'against') =>
        best?.reasons
          .filter((reason) => reason.kind === kind)
          .slice(0, 2)
          .map(({ says }) => says)
          .join('; ');
      said.push(
        `${tender.title}: ${best?.name} ${Math.round((best?.score ?? 0) * 100)} % — for: ${reasons('for')}${reasons('against') ? ` — against: ${reasons('against')}` : ''}`,
      );
      const byScore = matches.firms.flatMap(({ organisationId }) =>
        rwandans.filter((firm) => firm.organisationId === organisationId),
      );
      found.set(tender.id, byScore.slice(0, 3));
      tick(tender.title);
    }
    return found;
  });
  for (const text of said) display.line(text);
  return bidders;
};

export const seeInboxes = async (
  { display, mails }: MainJob,
  rwandans: readonly Company[],
  link: (path: string) => string,
): Promise<void> => {
  const said: string[] = [];
  await display.step('The firms are told (inbox and e-mail)', rwandans.length, async (tick) => {
    for (const firm of rwandans) {
      const { items } = await expecting('reads its inbox', 200, firm.inbox.list({ query: { limit: 100 } }));
      const matched = items.filter(({ kind }) => kind === 'tender-matched');
      if (matched[0]) said.push(`${firm.name}: ${matched.length} matching tenders, the newest: “${matched[0].subject}”`);
      tick(firm.name);
    }
  });
  for (const text of said) display.line(text);
  const written = await mails();
  if (written !== undefined) display.line(`${written} e-mails are written by now`);
  display.line(link('inbox'));
};

export const askAndAnswer = async ({ display }: MainJob, played: readonly Posted[], bidders: Bidders): Promise<void> =>
  display.step('Questions are asked without a name, and answered for everybody', played.length, async (tick) => {
    for (const { buyer, tender } of played) {
      const [asker] = bidders.get(tender.id) ?? [];
      if (asker) {
        const asked = await expecting(
          'asks',
          201,
          asker.tenders.ask({
            params: { id: tender.id },
            body: { question: 'May the team work from Kigali throughout?' },
            headers: key('ask', tender.id),
          }),
        );
        const mine = asked.questions.find((question) => question.mine);
        if (mine)
          await expecting(
            'answers',
            200,
            buyer.tenders.answer({
              params: { id: tender.id, questionId: mine.id },
              body: { answer: 'Yes, with four shared hours a day.' },
              headers: key('answer', tender.id, mine.id),
            }),
          );
      }
      tick(tender.title);
    }
  });

/** What each of the three bidders asks, in percent of what the buyer would pay; the second is the dearest. */
const priceFactors = [82, 97, 88];

/** What the buyer would pay for a lot, in minor units: its share of the budget, or where none is known a middling project. */
const priceOf = ({ budget, lots }: TenderView): number => Math.floor((budget?.amount ?? 4_000_000) / Math.max(1, lots.length));

export const bidSealed = async ({ display }: MainJob, played: readonly Posted[], bidders: Bidders): Promise<void> => {
  const total = played.reduce((sum, { tender }) => sum + (bidders.get(tender.id)?.length ?? 0), 0);
  await display.step('Bids come in, sealed', total, async (tick) => {
    for (const { tender } of played)
      for (const [n, bidder] of (bidders.get(tender.id) ?? []).entries()) {
        await expecting(
          'bids',
          200,
          bidder.tenders.submitBid({
            params: { id: tender.id },
            headers: {},
            body: {
              prices: tender.lots.map((lot) => ({
                lotId: lot.id,
                price: { amount: Math.round((priceOf(tender) * (priceFactors[n] ?? 95)) / 100), currency: tender.currency },
              })),
              answers: [
                {
                  criterionId: 'approach',
                  answer: 'Two-week iterations, a test environment from the first day, weekly reviews in English.',
                },
                { criterionId: 'team', answer: 'Four developers and a lead, all employed.' },
              ],
            },
          }),
        );
        tick(bidder.name);
      }
  });
  const [first] = played;
  if (first) {
    const peek = await first.buyer.tenders.bids({ params: { id: first.tender.id } });
    display.line(
      `The buyer looks before the deadline: ${peek.status} ${peek.status === 200 ? 'bids are visible!' : (peek.body as { title: string }).title}`,
    );
  }
};

export const waitForDeadlines = async ({ display, now }: MainJob, played: readonly Posted[]): Promise<void> => {
  const last = played
    .map(({ tender }) => Temporal.Instant.from(tender.deadline ?? now().toString()))
    .sort(Temporal.Instant.compare)
    .at(-1);
  if (!last) return;
  const seconds = Math.max(0, Math.ceil(now().until(last).total('seconds')));
  await display.step('The deadline comes; from its instant on every bid is late', seconds, async (tick) => {
    for (let second = 0; second < seconds; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      tick(`until ${last.toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString({ smallestUnit: 'second' })} in Berlin`);
    }
  });
};
