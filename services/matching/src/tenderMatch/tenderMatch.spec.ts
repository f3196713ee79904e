import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { considerFirm } from './considerFirm.ts';
import { drawFirms, drawNobody } from './drawFirms.ts';
import { endMatching } from './endMatching.ts';
import { evolve, type Found, isTold, notDrawn, type TenderMatch, type TenderMatchFact } from './tenderMatch.ts';

const at = '2026-11-23T12:00:00.000Z';
const later = '2026-11-24T12:00:00.000Z';
const about = {
  tenderId: 'tender-1',
  title: 'A portal',
  buyer: { organisationId: 'buyer', name: 'Demonstration GmbH' },
  deadline: '2027-01-15T12:00:00.000Z',
};
const firm = (organisationId: string, points: number, turn = 1): Found => ({
  organisationId,
  name: organisationId,
  points,
  turn,
  score: points / 10_000,
  reasons: ['Offers TypeScript.'],
  reasonsIn: { de: ['Bietet TypeScript.'] },
});
const draw = { about, basis: { tender: 1, buyer: 0 }, room: 2, tellFrom: 4_000, at };
const lowest = { points: 4_000, turn: Number.MAX_SAFE_INTEGER };
const drawn = (...facts: TenderMatchFact[]): TenderMatch => after(notDrawn, evolve, facts);
const first: TenderMatchFact = {
  type: 'FirmsDrawn',
  about,
  basis: draw.basis,
  bar: { points: 6_000, turn: 5 },
  firms: [firm('a', 9_000), firm('b', 6_000, 5)],
  at,
};

describe('when a tender is published', () => {
  it('the best firms are told, as many as there is room for, and the last one sets the bar', () =>
    given(notDrawn)
      .when(drawFirms, { ...draw, best: [firm('a', 9_000), firm('b', 6_000, 5)] })
      .then(first));
  it('firms that fit too little are not told, and the bar is what is worth telling', () =>
    given(notDrawn)
      .when(drawFirms, { ...draw, best: [firm('a', 9_000), firm('b', 3_999)] })
      .then({ ...first, bar: lowest, firms: [firm('a', 9_000)] }));
  it('a drawing that finds nobody is remembered, so that it is not made again', () =>
    given(notDrawn)
      .when(drawFirms, { ...draw, best: [] })
      .then({ ...first, bar: lowest, firms: [] }));
  it('that nobody is to be told is remembered once, and leaves a later drawing free', () => {
    given(notDrawn).when(drawNobody, {}).then({ type: 'NobodyDrawn' });
    given(drawn(first)).when(drawNobody, {}).thenNothing();
    given(drawn({ type: 'NobodyDrawn' }))
      .when(drawFirms, { ...draw, best: [firm('a', 9_000), firm('b', 6_000, 5)] })
      .then(first);
  });
  it('nobody is told again when it is published again', () =>
    given(drawn(first))
      .when(drawFirms, { ...draw, best: [firm('a', 9_000), firm('b', 6_000, 5)] })
      .thenNothing());
  it('a firm the drawing did not know of is found when it is made again, under the same bar', () => {
    given(drawn(first))
      .when(drawFirms, { ...draw, best: [firm('c', 9_900), firm('a', 9_000)], at: later })
      .then({ ...first, firms: [firm('c', 9_900)], at: later });
    given(drawn(first))
      .when(drawFirms, { ...draw, best: [firm('c', 6_000, 6), firm('d', 5_999)] })
      .thenNothing();
  });
});

describe('when a tender is amended, or its buyer’s profile changes', () => {
  const amended = { ...draw, basis: { tender: 3, buyer: 0 }, at: later };
  it('only firms not told before are told', () =>
    given(drawn(first))
      .when(drawFirms, { ...amended, best: [firm('c', 9_500), firm('a', 9_000)] })
      .then({
        type: 'FirmsDrawn',
        about,
        basis: amended.basis,
        bar: { points: 9_000, turn: 1 },
        firms: [firm('c', 9_500)],
        at: later,
      }));
  it('firms told before stay told, also when they fit no longer', () => {
    const match = drawn(first, { ...first, basis: amended.basis, firms: [firm('c', 9_500)], at: later });
    expect(match).toMatchObject({ told: [{ organisationId: 'a' }, { organisationId: 'b' }, { organisationId: 'c', at: later }] });
  });
  it('an older word that comes late changes nothing', () =>
    given(drawn({ ...first, basis: { tender: 3, buyer: 2 } }))
      .when(drawFirms, { ...draw, basis: { tender: 1, buyer: 2 }, best: [firm('c', 9_500)] })
      .thenNothing());
});

describe('a firm that comes after the drawing', () => {
  const come = (some: Found, basis = draw.basis) => ({ about, basis, firm: some, at: later });
  it('is told when it reaches the bar', () => {
    given(drawn(first))
      .when(considerFirm, come(firm('c', 6_001, 9)))
      .then({ type: 'FirmFoundLater', about, firm: firm('c', 6_001, 9), at: later });
    given(drawn(first))
      .when(considerFirm, come(firm('c', 6_000, 5)))
      .then({ type: 'FirmFoundLater', about, firm: firm('c', 6_000, 5), at: later });
  });
  it('is not told below the bar', () => {
    given(drawn(first))
      .when(considerFirm, come(firm('c', 6_000, 6)))
      .thenNothing();
    given(drawn(first))
      .when(considerFirm, come(firm('c', 5_999, 1)))
      .thenNothing();
  });
  it('is told once', () => {
    given(drawn(first))
      .when(considerFirm, come(firm('a', 9_999)))
      .thenNothing();
    const match = drawn(first, { type: 'FirmFoundLater', about, firm: firm('c', 9_999), at: later });
    given(match)
      .when(considerFirm, come(firm('c', 9_999)))
      .thenNothing();
  });
  it('waits for the drawing where none was made yet', () =>
    given(notDrawn)
      .when(considerFirm, come(firm('c', 9_999)))
      .thenNothing());
  it('is held against the newest words only: an older one of the tender or its buyer tells nobody', () => {
    const match = drawn({ ...first, basis: { tender: 3, buyer: 2 } });
    const good = firm('c', 9_999);
    given(match)
      .when(considerFirm, come(good, { tender: 1, buyer: 2 }))
      .thenNothing();
    given(match)
      .when(considerFirm, come(good, { tender: 3, buyer: 1 }))
      .thenNothing();
    given(match)
      .when(considerFirm, come(good, { tender: 3, buyer: 2 }))
      .then({ type: 'FirmFoundLater', about, firm: good, at: later });
  });
  it('is no fact before the drawing', () =>
    expect(evolve(notDrawn, { type: 'FirmFoundLater', about, firm: firm('c', 1), at })).toEqual(notDrawn));
});

describe('when the bidding has ended', () => {
  const over = drawn(first, { type: 'BiddingEnded' });
  it('is said once, also where nothing was drawn', () => {
    given(drawn(first)).when(endMatching, {}).then({ type: 'BiddingEnded' });
    given(notDrawn).when(endMatching, {}).then({ type: 'BiddingEnded' });
    given(over).when(endMatching, {}).thenNothing();
  });
  it('nobody is told any more, whatever is heard of the tender or of firms', () => {
    for (const match of [over, drawn({ type: 'BiddingEnded' })]) {
      given(match)
        .when(drawFirms, { ...draw, basis: { tender: 9, buyer: 9 }, best: [firm('c', 9_900)] })
        .thenNothing();
      given(match)
        .when(considerFirm, { about, basis: draw.basis, firm: firm('c', 9_999), at: later })
        .thenNothing();
    }
  });
  it('who was told stays told', () => {
    expect([isTold(over, 'a'), isTold(over, 'c')]).toEqual([true, false]);
    expect(evolve(over, first)).toEqual(over);
    expect(evolve(over, { type: 'FirmFoundLater', about, firm: firm('c', 1), at })).toEqual(over);
  });
});
