import { beforeAll, describe, expect, it } from 'vitest';
import { expecting } from '../door.ts';
import { on, written } from './slotTimes.ts';
import type { People } from './testChanges.ts';

/** What a host reads of times that cannot be had together. */
export const describeCollisions = (isThere: boolean, people: () => People): void => {
  describe.skipIf(!isThere)('times that cannot be had together, on the same phone', () => {
    let host: People['host'];
    beforeAll(() => {
      if (isThere) ({ host } = people());
    });

    it('the host reads which slots are in each other’s way, and which of new hours will not open; what it typed survives', async () => {
      const { page, goTo, isInOrder } = host.phone;
      const body = {
        title: 'Quiet room (demonstration)',
        areas: ['logistics' as const],
        place: { city: 'Huye' },
        devices: [],
        languages: [{ language: 'rw', level: 'native' as const }],
        dataRules: { data: 'test-data' as const, law: 'Law No 058/2021 (Rwanda)' },
        price: 'free' as const,
      };
      const { environmentId: quiet } = await expecting(
        'an environment',
        201,
        host.company.sandbox.openEnvironment({ headers: {}, body }),
      );
      for (const hour of [10, 11]) {
        const slot = { ...written(on(6, hour)), capacity: 1 };
        await expecting('a slot', 201, host.company.sandbox.openSlot({ params: { id: quiet }, headers: {}, body: slot }));
      }
      await goTo(`/environments/${quiet}/edit`);
      await page.getByLabel('Time between slots').fill('30');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('These slots do not have what they need').waitFor();
      await page.getByText('another slot of the environment, or the time after it, is then').first().waitFor();
      await isInOrder();

      await goTo(`/environments/${quiet}/hours`);
      await page.getByLabel('Time between slots').fill('0');
      await page.getByLabel('Length of a slot').fill('45');
      await page.reload();
      await page.getByText('What you typed here earlier is still there.').waitFor();
      expect(await page.getByLabel('Length of a slot').inputValue()).toBe('45');
      // Half an hour after each slot is the environment's own, so each second one falls into that.
      await page.getByRole('button', { name: 'Show the preview' }).click();
      await page.getByText('Left out:').waitFor();
      await isInOrder();
      await page.getByRole('button', { name: 'Open these hours' }).click();
      await page.locator('summary', { hasText: 'times do not open' }).click();
      await page.getByText('What becomes free is tried again once a day.').waitFor();
      await isInOrder();
      // What was opened is typed no longer.
      await goTo(`/environments/${quiet}/hours`);
      await page.getByLabel('Length of a slot').waitFor();
      expect(await page.getByLabel('Length of a slot').inputValue()).toBe('60');
    });
  });
};
