import type { Cause } from '@umuhuza/eventing/cause';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarketMemory } from './marketMemory.ts';
import type { TenderTerms } from './matching/demand.ts';
import type { FirmProfile } from './matching/firm.ts';
import { anyFirm, anyTender, firmWith, tenderWith } from './matching/firmsAndTenders.fixture.ts';
import { tellFrom, toldAtOnce, whole } from './matching/weights.ts';
import { tellingOf } from './telling.ts';
import { evolve, isTold, notDrawn, type TenderMatch } from './tenderMatch/tenderMatch.ts';

const at = '2026-11-23T12:00:00.000Z';
const cause: Cause = { kind: 'time', id: 'test', correlationId: 'test', actor: 'platform', at };

/** The telling over the market's own memory; the matches lie in a map, and whom it tells is written down. */
const scene = (room = toldAtOnce) => {
  const memory = createMarketMemory();
  const matches = new Map<string, TenderMatch>();
  const told: string[] = [];
  let sequence = 0;
  const telling = tellingOf({
    market: memory,
    room,
    clock: () => at,
    matches: {
      toldOf: async (organisationId, tenderIds) =>
        new Set(tenderIds.filter((id) => isTold(matches.get(id) ?? notDrawn, organisationId))),
      change: async (id, decide, _cause, _answer) => {
        const before = matches.get(id) ?? notDrawn;
        const facts = decide(before, id);
        if ('refused' in facts) throw new Error('nothing here is refused');
        for (const fact of facts)
          for (const { organisationId } of fact.type === 'FirmsDrawn' ? fact.firms : [fact.firm])
            told.push(`${id} ${organisationId}`);
        matches.set(id, facts.reduce(evolve, before));
        return { outcome: 'done', state: before, answer: { status: 204, body: null } as never };
      },
    },
  });
  return {
    memory,
    matches,
    told,
    telling,
    publish: async (terms: TenderTerms, audience: 'all' | 'invited' = 'all') => {
      const { buyer } = terms;
      const tender = { ...terms, title: 'A tender', audience, buyer: { ...buyer, name: 'Demonstration GmbH' } };
      memory.takeTender({ id: terms.tenderId, sequence: ++sequence, tender, over: false });
      await telling.draw(terms.tenderId, cause);
    },
    profile: async (profile: FirmProfile) => {
      memory.takeFirm({ id: profile.organisationId, sequence: ++sequence, profile });
      await telling.consider(profile.organisationId, cause);
    },
    withdraw: async (id: string) => {
      memory.takeFirm({ id, sequence: ++sequence, profile: null });
      await telling.consider(id, cause);
    },
  };
};

describe('telling firms of tenders', () => {
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: anyTender.map((terms) => ({ publish: { ...terms, tenderId: `tender-${terms.tenderId.length % 3}` } })),
    },
    { weight: 12, arbitrary: anyFirm.map((profile) => ({ profile })) },
    {
      weight: 2,
      arbitrary: anyFirm.map((profile) => ({ profile: { ...profile, organisationId: 'buyer', country: 'DE' as const } })),
    },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => ({ withdraw: `org-${n}` })) },
  );

  it('tells nobody twice, and hearing everything again tells nobody more, whatever came in whatever order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const { telling, memory, matches, told, publish, profile, withdraw } = scene(3);
        for (const each of steps) {
          if ('publish' in each) await publish(each.publish);
          else if ('profile' in each) await profile(each.profile);
          else await withdraw(each.withdraw);
        }
        expect(new Set(told).size).toBe(told.length);

        const before = [...told];
        const states = JSON.stringify([...matches]);
        for (let n = 60; n > 0; n--) await telling.consider(`org-${n}`, cause);
        await telling.consider('buyer', cause);
        for (const { tender } of memory.openTenders(at)) await telling.draw(tender.tenderId, cause);
        expect(told).toEqual(before);
        expect(JSON.stringify([...matches])).toBe(states);
      }),
      { numRuns: 60 },
    ));

  it('tells a firm that comes after the tender exactly when it would have been told had it come before', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyFirm, { selector: (firm) => firm.organisationId, maxLength: toldAtOnce }),
        anyTender,
        async (firms, terms) => {
          const before = scene();
          for (const firm of firms) await before.profile(firm);
          await before.publish(terms);
          const after = scene();
          await after.publish(terms);
          for (const firm of firms) await after.profile(firm);
          expect(after.told.toSorted()).toEqual(before.told.toSorted());
        },
      ),
      { numRuns: 60 },
    ));

  it('tells the best there is room for, and of those that come later only who is as good as the last of them', async () => {
    const { told, publish, profile, matches } = scene();
    for (let n = 0; n < toldAtOnce + 10; n++)
      await profile(
        firmWith({
          organisationId: `firm-${n}`,
          references: Array.from({ length: n < 5 ? 3 : 1 }, () => ({ status: 'verified' as const })),
        }),
      );
    await publish(tenderWith());
    expect(told).toHaveLength(toldAtOnce);
    await profile(firmWith({ organisationId: 'weaker' }));
    expect(told).toHaveLength(toldAtOnce);
    await profile(
      firmWith({ organisationId: 'stronger', references: Array.from({ length: 3 }, () => ({ status: 'verified' as const })) }),
    );
    expect(told.slice(toldAtOnce)).toEqual(['tender-1 stronger']);
    expect(matches.get('tender-1')).toMatchObject({ status: 'drawn' });
  });

  it('tells nobody who fits too little', async () => {
    const { told, publish, profile, memory } = scene();
    const weak = firmWith({ offers: { cpv: [], skills: ['Rust'] } });
    await profile(weak);
    await publish(
      tenderWith({ cpv: ['72212000'], skills: ['Rust', 'Go', 'COBOL', 'Ada'], languages: [{ language: 'de', level: 'C1' }] }),
    );
    const [ranked] = memory.firms.best(memory.openTenders(at)[0]?.measure as never, 1);
    expect(ranked?.points).toBeLessThan(tellFrom);
    expect(tellFrom).toBeLessThan(whole);
    expect(told).toEqual([]);
  });

  it('leaves invited tenders to their buyer', async () => {
    const { told, publish, profile } = scene();
    await publish(tenderWith(), 'invited');
    await profile(firmWith());
    expect(told).toEqual([]);
  });
});
