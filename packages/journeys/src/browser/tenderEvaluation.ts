import { eventually } from '@umuhuza/testing/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Company, expecting, signIn } from '../door.ts';
import type { Phone } from './phone.ts';
import { colleagueOf, password, reopen, say } from './scene.ts';
import type { Card, Stage } from './stage.ts';

export type EvaluationCast = {
  readonly buyer: Company;
  readonly buyersCard: Card;
  /** The first has the firm’s phone, the third the other’s. */
  readonly bidders: readonly Company[];
  readonly buyersPhone: Phone;
  readonly firmsPhone: Phone;
  readonly othersPhone: Phone;
  /** The tender that is evaluated, with two lots and a question that keeps it shut. */
  readonly opened: string;
  /** Seconds from its publication to its deadline. */
  readonly closesIn: number;
};

/** How bids are evaluated and what becomes of the awards, by the pages. */
export const describeEvaluation = (stage: Stage, cast: () => EvaluationCast): void => {
  describe.skipIf(!stage.isThere)('how the bids are evaluated, on the same phones', () => {
    let buyer: Company;
    let buyersCard: Card;
    let bidders: readonly Company[];
    let buyersPhone: Phone;
    let firmsPhone: Phone;
    let othersPhone: Phone;
    let opened: string;
    let closesIn: number;

    const seen = (reader: Company, id: string) => expecting('the tender', 200, reader.tenders.get({ params: { id } }));
    const firm = (n: number): Company => {
      const found = bidders[n];
      if (!found) throw new Error(`there is no firm ${n}`);
      return found;
    };

    beforeAll(() => {
      if (!stage.isThere) return;
      ({ buyer, buyersCard, bidders, buyersPhone, firmsPhone, othersPhone, opened, closesIn } = cast());
    });

    it('evaluators are appointed; one has a conflict, scores the others once that bid is out, and the buyer ends the scoring without the second', async () => {
      const isBy = (state: object) =>
        eventually(async () => expect(await seen(buyer, opened)).toMatchObject(state), {
          within: (closesIn + 30) * 1_000,
          every: 200,
        });
      // Everybody reads why nothing opens, the bidders too.
      await isBy({ status: 'closed', openingWaitsFor: [expect.any(String)] });
      await reopen(othersPhone, `/tenders/${opened}`);
      await othersPhone.page.getByText('The bids stay sealed until every question is answered').waitFor();
      await reopen(buyersPhone, `/tenders/${opened}`);
      await say(buyersPhone, 'Answer', 'Forty.', 'Answer for everybody');
      await isBy({ status: 'opened', bidsOpened: 3 });
      const { page, isInOrder } = buyersPhone;
      await reopen(buyersPhone, `/tenders/${opened}/bids`);
      const cardOf = (n: number) => page.locator('.card', { has: page.getByRole('heading', { name: firm(n).name }) });
      await page.getByRole('button', { name: 'Appoint evaluators' }).click();
      await page.getByRole('dialog').getByLabel('Demonstration Buyer').check();
      await page.getByRole('dialog').getByLabel('Demonstration Colleague').check();
      await isInOrder();
      await page.getByRole('dialog').getByRole('button', { name: 'Appoint', exact: true }).click();
      await page.getByText('not finished yet').nth(1).waitFor();
      const colleague = await signIn(stage.url(), { email: colleagueOf(buyersCard), password });
      const { evaluation } = await expecting('the bids', 200, buyer.tenders.bids({ params: { id: opened } }));
      const [first] = evaluation?.evaluators ?? [];
      // Whoever still has another choice before it is told, and does not undo it.
      await page.getByRole('button', { name: 'Appoint evaluators' }).click();
      await expecting(
        'one evaluator fewer',
        200,
        colleague.tenders.appointEvaluators({ params: { id: opened }, body: { evaluators: first ? [first.userId] : [] } }),
      );
      await page.getByRole('dialog').getByRole('button', { name: 'Appoint', exact: true }).click();
      await page.getByRole('dialog').getByText('It has changed meanwhile').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Leave it as it is' }).click();
      await page.getByText('not finished yet').nth(1).waitFor({ state: 'detached' });

      await cardOf(2).getByRole('button', { name: 'Declare a conflict of interest' }).click();
      await page.getByRole('dialog').locator('textarea').fill('A relative of mine owns it.');
      await page.getByRole('dialog').getByRole('button', { name: 'Declare a conflict of interest' }).click();
      await cardOf(2).getByText('You have a conflict of interest with this bid').waitFor();
      await cardOf(1).getByText('This bid is for a lot that a bid is for with which you have a conflict').waitFor();
      expect(await cardOf(1).getByLabel('Score for Approach').count()).toBe(0);
      // The page has read by now what the other one did, and whoever appoints begins with that.
      await page.getByRole('button', { name: 'Appoint evaluators' }).click();
      expect(await page.getByRole('dialog').getByLabel('Demonstration Buyer').isChecked()).toBe(true);
      expect(await page.getByRole('dialog').getByLabel('Demonstration Colleague').isChecked()).toBe(false);
      await page.getByRole('dialog').getByLabel('Demonstration Colleague').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Appoint', exact: true }).click();
      await page.getByText('not finished yet').waitFor();
      // Whoever is not free in judging a bid takes neither it nor a rival out either: the other one does.
      expect(await cardOf(2).getByRole('button', { name: 'Disqualify' }).count()).toBe(0);
      expect(await cardOf(1).getByRole('button', { name: 'Disqualify' }).count()).toBe(0);
      const { bids } = await expecting('the bids', 200, buyer.tenders.bids({ params: { id: opened } }));
      const disqualification = {
        params: { id: opened },
        headers: {},
        body: {
          bidId: bids.find(({ bidder }) => bidder.organisationId === firm(2).organisationId)?.bidId ?? '',
          code: 'abnormally-low-price' as const,
          reason: 'It cannot be done for that.',
        },
      };
      expect((await buyer.tenders.disqualify(disqualification)).status).toBe(403);
      await expecting('its disqualification', 200, colleague.tenders.disqualify(disqualification));
      await reopen(buyersPhone, `/tenders/${opened}/bids`);
      await cardOf(2).getByText('Abnormally low price.').waitFor();

      for (const [n, score] of ['80', '90'].entries()) {
        await cardOf(n).getByLabel('Score for Approach').fill(score);
        await cardOf(n).getByLabel('Comment').fill(`Worth ${score}.`);
        await cardOf(n).getByRole('button', { name: 'Save the scores' }).click();
        await cardOf(n).getByText('The scores are saved.').waitFor();
      }
      await page.getByText('finished', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: /^Award to .* Ltd/ }).count()).toBe(0);
      await isInOrder();
      // The second evaluator is blind until the scoring has ended, and reads everything then.
      const seconds = await stage.phoneOf({ email: colleagueOf(buyersCard), password }, 'en');
      await seconds.goTo(`/tenders/${opened}/bids`);
      await seconds.page.getByText('A relative of mine owns it.').waitFor();
      expect(await seconds.page.getByText('Worth 80.').count()).toBe(0);
      await say(buyersPhone, 'End the scoring', 'The second evaluator is ill.');
      await page.getByText('The second evaluator is ill.').waitFor();
      await reopen(seconds, `/tenders/${opened}/bids`);
      await seconds.page.getByText('Worth 80.').waitFor();
      await seconds.isInOrder();
      expect(seconds.complaints).toEqual([]);
      await seconds.close();
      await page.getByText('88 of 100 points').first().waitFor();
    });

    it('a lot goes to nobody, the winner of the other declines, and the next one withdraws', async () => {
      const { page, isInOrder } = buyersPhone;
      const ranking = (lot: string) => page.locator('.card', { has: page.getByRole('heading', { name: `Ranking: ${lot}` }) });
      await ranking('Run').getByRole('button', { name: 'Award to nobody' }).click();
      await page.getByRole('dialog').locator('select').selectOption('over-budget');
      await page.getByRole('dialog').locator('textarea').fill('Twice what we have.');
      await page.getByRole('dialog').getByRole('button', { name: 'Award to nobody' }).click();
      await ranking('Run').getByText('Twice what we have.').waitFor();
      await ranking('Build')
        .getByRole('button', { name: /^Award to/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Award', exact: true }).click();
      await ranking('Build')
        .getByText(/^Awarded to/)
        .waitFor();
      await isInOrder();

      await reopen(firmsPhone, `/tenders/${opened}`);
      await say(firmsPhone, 'Zuschlag ablehnen', 'Unsere Leute sind anderswo.');
      await firmsPhone.page.getByText('Von Ihnen abgelehnt').waitFor();
      await firmsPhone.isInOrder();

      await reopen(buyersPhone, `/tenders/${opened}`);
      await page.getByText('An earlier winner declined: Unsere Leute sind anderswo.').waitFor();
      await isInOrder();
      // The next one is offered the contract, and then another one before it has signed.
      await page.getByRole('button', { name: 'Offer the contract' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Offer the contract' }).click();
      await page.getByText('The contract is offered.').waitFor();
      await page.getByRole('button', { name: 'Offer it anew' }).click();
      // It begins with what stands in the first offer.
      const milestone = page.getByRole('dialog').locator('input[name="milestones.0.title"]');
      expect(await milestone.inputValue()).toBe('Everything is delivered and accepted');
      await milestone.fill('Half of it runs');
      await isInOrder();
      await page.getByRole('dialog').getByRole('button', { name: 'Offer the contract' }).click();
      await page.getByText('Half of it runs').waitFor();
      expect((await seen(firm(1), opened)).lots[0]?.award).toMatchObject({
        winner: { organisationId: firm(1).organisationId },
        contract: { status: 'offered', milestones: [{ title: 'Half of it runs' }] },
      });
      await say(buyersPhone, 'The winner has withdrawn', 'It told us by telephone.');
      await page.getByText('An earlier winner withdrew: It told us by telephone.').waitFor();
      await isInOrder();
      expect(await seen(buyer, opened)).toMatchObject({ status: 'unsuccessful' });
    });

    it('the disqualified firm learns the ground, asks once about it, and alone reads the answer', async () => {
      const { page, isInOrder } = othersPhone;
      await reopen(othersPhone, `/tenders/${opened}`);
      await page.getByText('It cannot be done for that.').waitFor();
      await say(othersPhone, 'Ask about this outcome', 'What would be enough?');
      await page.getByText('What would be enough?').waitFor();
      expect(await page.getByRole('button', { name: 'Ask about this outcome' }).count()).toBe(0);

      await reopen(buyersPhone, `/tenders/${opened}/bids`);
      await say(buyersPhone, 'Answer', 'Twenty times as much.');
      await buyersPhone.page.getByText('Twenty times as much.').waitFor();
      await buyersPhone.isInOrder();
      await reopen(othersPhone, `/tenders/${opened}`);
      await page.getByText('Twenty times as much.').waitFor();
      await isInOrder();
      await reopen(firmsPhone, `/tenders/${opened}`);
      await firmsPhone.page.getByText('Von Ihnen abgelehnt').waitFor();
      expect(await firmsPhone.page.getByText('Twenty times as much.').count()).toBe(0);
    });
  });
};
