import { eventually } from '@umuhuza/testing/eventually';
import { expect, it } from 'vitest';
import type { Company } from '../door.ts';
import { inboxOf } from './inboxOf.ts';

export const itKeepsToItsAudience = (cast: () => Readonly<Record<'buyer' | 'fitting' | 'invited' | 'stranger', Company>>): void =>
  it('a tender for matched firms is there for those that matching names and those its buyer invites, and for nobody else', async () => {
    const { buyer, fitting, invited, stranger } = cast();
    const title = 'A tender for matched firms (demonstration)';
    const draft = await buyer.tenders.create({ body: { title }, headers: {} });
    const id = draft.status === 201 ? draft.body.id : '';
    const terms = {
      description: 'Carriers see their loads.',
      skills: ['TypeScript'],
      lots: [{ id: 'build', title: 'Build it' }],
      criteria: [{ id: 'price', name: 'Price', weight: 100, kind: 'price' as const }],
      audience: 'matched' as const,
      invited: [invited.organisationId],
      deadline: Temporal.Now.instant().add({ hours: 240 }).toString({ fractionalSecondDigits: 3 }),
    };
    expect(await buyer.tenders.edit({ params: { id }, headers: {}, body: terms })).toMatchObject({ status: 200 });
    expect(await buyer.tenders.publish({ params: { id }, headers: {}, body: {} })).toMatchObject({ status: 200 });

    const fits = (reader: Company) => reader.matching.tenderMatches({ params: { id }, query: {} });
    for (const reader of [fitting, invited]) {
      await eventually(async () => {
        expect(await reader.tenders.get({ params: { id } })).toMatchObject({ status: 200, body: { title } });
        expect(await fits(reader)).toMatchObject({ status: 200 });
      });
      expect(JSON.stringify((await reader.tenders.list({ query: {} })).body)).toContain(title);
    }
    expect(await fits(fitting)).toMatchObject({ body: { firms: [{ organisationId: fitting.organisationId, told: true }] } });
    expect(await fits(invited)).toMatchObject({
      body: { firms: [{ organisationId: invited.organisationId, told: false, missing: [{ name: 'capability' }] }] },
    });
    const whatWasTold = async (reader: Company) =>
      (await inboxOf(reader)).filter(({ link }) => link === `/tenders/${id}`).map(({ kind }) => kind);
    await eventually(async () => expect(await whatWasTold(fitting)).toEqual(['tender-matched']));
    await eventually(async () => expect(await whatWasTold(invited)).toEqual(['tender-invited']));

    const price = { lotId: 'build', price: { amount: 100, currency: 'EUR' } };
    const body = { prices: [price], answers: [], confirms: [] };
    expect((await fitting.tenders.submitBid({ params: { id }, headers: {}, body })).status).toBe(200);
    expect((await stranger.tenders.submitBid({ params: { id }, headers: {}, body })).status).toBe(404);
    expect((await stranger.tenders.get({ params: { id } })).status).toBe(404);
    expect((await fits(stranger)).status).toBe(404);
    expect(JSON.stringify((await stranger.tenders.list({ query: {} })).body)).not.toContain(title);
    expect(await whatWasTold(stranger)).toEqual([]);
  });
