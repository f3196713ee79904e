import type { Cause } from '@umuhuza/eventing/cause';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import type { News } from './market.ts';
import { createMarketMemory } from './marketMemory.ts';
import type { TenderTerms } from './matching/demand.ts';
import type { FirmProfile } from './matching/firm.ts';
import { anyFirm, anyTender, firmWith, tenderWith } from './matching/firmsAndTenders.fixture.ts';
import { tellFrom, toldAtOnce, whole } from './matching/weights.ts';
import { catchUpWithOtherReplicas } from './reactions/catchUpWithOtherReplicas.ts';
import { tellingOf } from './telling.ts';
import { endMatching } from './tenderMatch/endMatching.ts';
import { evolve, firmsTold, isTold, notDrawn, type TenderMatch } from './tenderMatch/tenderMatch.ts';

const at = '2026-11-23T12:00:00.000Z';
const cause: Cause = { kind: 'time', id: 'test', correlationId: 'test', actor: 'platform', at };

/** Something heard of a firm or a tender, as often as one likes. */
type Word = { readonly of: string; readonly hear: () => Promise<void> };

/** What all replicas of the service write to. */
const emptyShelf = () => ({ matches: new Map<string, TenderMatch>(), told: [] as string[] });

/** The telling over the market's own memory; the matches lie in a map, and whom it tells is written down. */
const scene = (room = toldAtOnce, shared: Pick<ReturnType<typeof emptyShelf>, 'matches' | 'told'> = emptyShelf()) => {
  let memory = createMarketMemory();
  const { matches, told } = shared;
  const heard: Word[] = [];
  const actedOn = new Map<string, number>();
  let sequence = 0;
  const change: Parameters<typeof tellingOf>[0]['matches']['change'] = async (id, decide, _cause, _answer) => {
    const before = matches.get(id) ?? notDrawn;
    const facts = decide(before, id);
    if ('refused' in facts) throw new Error('nothing here is refused');
    for (const fact of facts) for (const { organisationId } of firmsTold(fact)) told.push(`${id} ${organisationId}`);
    matches.set(id, facts.reduce(evolve, before));
    return { outcome: 'done', state: before, answer: { status: 204, body: null } as never };
  };
  const tellingOver = (market: typeof memory) =>
    tellingOf({
      market,
      room,
      clock: () => at,
      matches: {
        toldOf: async (organisationId, tenderIds) =>
          new Set(tenderIds.filter((id) => isTold(matches.get(id) ?? notDrawn, organisationId))),
        change,
      },
    });
  let telling = tellingOver(memory);

  const hear = (of: string, word: (sequence: number) => Promise<void>): Promise<void> => {
    const its = ++sequence;
    heard.push({ of, hear: () => word(its) });
    return word(its);
  };
  const learn = (id: string, profile: FirmProfile | null) =>
    hear('firms', async (its) => {
      const isNewest = memory.actOn(id, its);
      actedOn.set(id, Math.max(its, actedOn.get(id) ?? 0));
      memory.takeFirm({ id, sequence: its, profile });
      if (isNewest) await telling.consider(id, cause);
    });
  return {
    memory,
    matches,
    told,
    telling,
    heard,
    publish: (terms: TenderTerms, audience: 'all' | 'invited' = 'all') => {
      const { buyer } = terms;
      const tender = { ...terms, title: 'A tender', audience, buyer: { ...buyer, name: 'Demonstration GmbH' } };
      return hear('tenders', async (its) => {
        memory.takeTender({ id: terms.tenderId, sequence: its, tender, over: false });
        await telling.draw(terms.tenderId, cause);
      });
    },
    end: (tenderId: string) =>
      hear('tenders', async (its) => {
        memory.takeTender({ id: tenderId, sequence: its, tender: null, over: true });
        await change(tenderId, endMatching, cause);
      }),
    profile: (profile: FirmProfile) => learn(profile.organisationId, profile),
    withdraw: (id: string) => learn(id, null),
    /** All that is kept of firms and tenders is gone; what was told, and what was acted on, is not. */
    loseMarket: () => {
      memory = createMarketMemory();
      for (const [id, its] of actedOn) memory.actOn(id, its);
      telling = tellingOver(memory);
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

  /** Few enough that profiles change while tenders are open. */
  const oneOfFewFirms = fc
    .tuple(anyFirm, fc.integer({ min: 1, max: 6 }))
    .map(([profile, n]) => ({ profile: { ...profile, organisationId: `org-${n}` } }));
  it('tells nobody more when firms and tenders are lost and heard again, one stream before, behind or amid the other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 5, arbitrary: step },
            { weight: 10, arbitrary: oneOfFewFirms },
            { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 }) },
          ),
          {
            minLength: 20,
            maxLength: 60,
          },
        ),
        fc.infiniteStream(fc.boolean()),
        async (steps, isFirmsTurn) => {
          const { matches, told, publish, profile, withdraw, end, heard, loseMarket } = scene(3);
          const ended = new Set<string>();
          for (const each of steps) {
            if (typeof each === 'number') {
              ended.add(`tender-${each}`);
              await end(`tender-${each}`);
            } else if ('publish' in each) {
              if (!ended.has(each.publish.tenderId)) await publish(each.publish);
            } else if ('profile' in each) await profile(each.profile);
            else await withdraw(each.withdraw);
          }
          const before = [...told];
          const states = JSON.stringify([...matches]);

          loseMarket();
          const firms = heard.filter(({ of }) => of === 'firms');
          const tenders = heard.filter(({ of }) => of === 'tenders');
          while (firms.length + tenders.length > 0) {
            const [stream, other] = isFirmsTurn.next().value ? [firms, tenders] : [tenders, firms];
            await (stream.shift() ?? other.shift())?.hear();
          }
          expect(told).toEqual(before);
          expect(JSON.stringify([...matches])).toBe(states);
        },
      ),
      { numRuns: 200 },
    ));

  it('tells every firm of every tender it fits though two replicas heard half of them each, when one dies before it caught up', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyFirm, { selector: (firm) => firm.organisationId, minLength: 1, maxLength: 10 }),
        fc.array(anyTender, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.boolean()),
        async (firms, several, chance) => {
          const toss = () => chance.next().value as boolean;
          const tenders = several.map((terms, n) => ({ ...terms, tenderId: `tender-${n}` }));
          const alone = scene();
          for (const firm of firms) await alone.profile(firm);
          for (const terms of tenders) await alone.publish(terms);

          const shelf = emptyShelf();
          const [survivor, other] = [scene(toldAtOnce, shelf), scene(toldAtOnce, shelf)];
          const toCatchUp: (() => { readonly tell: () => Promise<void> })[] = [];
          const words = [...firms.map((firm) => ({ firm })), ...tenders.map((terms) => ({ terms }))];
          while (words.length > 0) {
            const [word] = toss() ? words.splice(0, 1) : words.splice(-1, 1);
            const replica = toss() ? survivor : other;
            if (!word) continue;
            if ('firm' in word) {
              await replica.profile(word.firm);
              const { organisationId: id } = word.firm;
              if (replica === other)
                toCatchUp.push(() => {
                  survivor.memory.takeFirm({ id, sequence: other.memory.firmSequence(id), profile: word.firm });
                  return { tell: () => survivor.telling.consider(id, cause) };
                });
            } else {
              await replica.publish(word.terms);
              const { tenderId: id } = word.terms;
              const known = other.memory.openTender(id, at);
              if (replica === other && known)
                toCatchUp.push(() => {
                  survivor.memory.takeTender({ id, sequence: known.basis.tender, tender: known.tender, over: false });
                  return { tell: () => survivor.telling.draw(id, cause) };
                });
            }
          }
          const caughtUp = toCatchUp.map((take) => take());
          for (const { tell } of caughtUp) await tell();
          expect(shelf.told.toSorted()).toEqual(alone.told.toSorted());
        },
      ),
      { numRuns: 150 },
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

  it('acts on the newest word on a firm however often it comes, and on an older one no more', () => {
    const { memory } = scene();
    expect([2, 1, 2, 3, 2].map((sequence) => memory.actOn('firm', sequence))).toEqual([true, false, true, true, false]);
  });

  it('leaves invited tenders to their buyer', async () => {
    const { told, publish, profile } = scene();
    await publish(tenderWith(), 'invited');
    await profile(firmWith());
    expect(told).toEqual([]);
  });
});

describe('what another replica heard', () => {
  /** A replica that knows a firm, and finds each of these tenders and firms in the database when it looks for the first time. */
  const catchingUp = async (
    tenders: readonly string[],
    firms: readonly string[] = [],
    away: Error = new Error('the database is away'),
  ) => {
    const { memory, telling, told, profile } = scene();
    await profile(firmWith());
    const found = [...tenders];
    const foundFirms = [...firms];
    const considered: string[] = [];
    const failing = new Set<string>();
    const failFor = (what: string) => {
      if (failing.has(what)) throw away;
    };
    const round = catchUpWithOtherReplicas({
      clock: () => at,
      market: {
        catchUp: async (news: News) => {
          for (const id of found.splice(0)) {
            const terms = tenderWith({ tenderId: id });
            const { buyer } = terms;
            const tender = {
              ...terms,
              title: 'A tender',
              audience: 'all' as const,
              buyer: { ...buyer, name: 'Demonstration GmbH' },
            };
            memory.takeTender({ id, sequence: 1, tender, over: false });
            news.tenders.add(id);
          }
          for (const id of foundFirms.splice(0)) news.firms.add(id);
          failFor('reading');
        },
      },
      telling: {
        draw: async (id, why) => {
          failFor(id);
          await telling.draw(id, why);
        },
        consider: async (id) => {
          failFor(id);
          considered.push(id);
        },
      },
    });
    return { told, considered, failing, round };
  };

  it('is told in the next round when the database goes before all of it is read', async () => {
    const { told, failing, round } = await catchingUp(['tender-1']);
    failing.add('reading');
    await expect(round()).rejects.toThrow('away');
    expect(told).toEqual([]);
    failing.clear();
    await round();
    expect(told).toHaveLength(1);
  });

  it('is told in the next round when it could not be told, once, and keeps nobody else waiting', async () => {
    const { told, failing, round } = await catchingUp(['tender-1', 'tender-2', 'tender-3']);
    failing.add('tender-1');
    await expect(round()).rejects.toThrow('away');
    const toldOf = () => told.map((line) => line.split(' ')[0]);
    expect(toldOf()).toEqual(['tender-2', 'tender-3']);
    await expect(round()).rejects.toThrow('away');
    failing.clear();
    await round();
    await round();
    expect(toldOf()).toEqual(['tender-2', 'tender-3', 'tender-1']);
  });

  it('of a firm is told whatever becomes of a tender beside it', async () => {
    const { considered, failing, round } = await catchingUp(['tender-1'], ['firm-1', 'firm-2', 'firm-3']);
    failing.add('tender-1').add('firm-1');
    await expect(round()).rejects.toThrow('tenders, firms: AggregateError: tender-1: ');
    expect(considered).toEqual(['firm-2', 'firm-3']);
    failing.delete('firm-1');
    await expect(round()).rejects.toThrow('tender-1');
    expect(considered).toEqual(['firm-2', 'firm-3', 'firm-1']);
  });

  it('goes behind the others when it could not be told, so that what looks like an outage keeps nobody waiting for good', async () => {
    const away = new mongoose.mongo.MongoNetworkError('away');
    const { told, failing, round } = await catchingUp(['tender-1', 'tender-2'], [], away);
    failing.add('tender-1');
    await expect(round()).rejects.toThrow('away');
    expect(told).toEqual([]);
    await expect(round()).rejects.toThrow('away');
    expect(told).toHaveLength(1);
  });
});
