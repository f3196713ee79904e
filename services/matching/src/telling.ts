import type { Cause, TimeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { KnownTender, Market } from './market.ts';
import type { Firm } from './matching/firm.ts';
import { turnOf } from './matching/ranking.ts';
import type { Measure } from './matching/scoreFirm.ts';
import { tellFrom, toldAtOnce, whole } from './matching/weights.ts';
import { wordsIn } from './matching/words/languages.ts';
import type { Words } from './matching/words/words.ts';
import { considerFirm } from './tenderMatch/considerFirm.ts';
import { drawFirms, drawNobody } from './tenderMatch/drawFirms.ts';
import type { About, Found } from './tenderMatch/tenderMatch.ts';
import type { TenderMatchBook } from './tenderMatchBook.ts';

/** How many of the sentences that speak for a firm travel with the event: the weightiest. */
const reasonsTold = 5;

/** Tells the others which firms fit which tender. Every step may be repeated: nobody is told of a tender twice. */
export type Telling = {
  /** After a tender, or its buyer's profile, has said something new. */
  readonly draw: (tenderId: string, cause: Cause) => Promise<void>;
  /** After a firm's profile has said something new. */
  readonly consider: (organisationId: string, cause: Cause) => Promise<void>;
};

export const tellingOf = ({
  market,
  matches,
  clock,
  room = toldAtOnce,
}: {
  readonly market: Pick<Market, 'firms' | 'isNewest' | 'openTender' | 'openTenders'>;
  readonly matches: Pick<TenderMatchBook, 'change' | 'toldOf'>;
  readonly clock: Clock;
  readonly room?: number;
}): Telling => {
  const draw = async (tenderId: string, cause: Cause): Promise<void> => {
    // Looked up in the decision itself: what was learned while an earlier change of this tender was written must count.
    await matches.change(
      tenderId,
      (match) => {
        const at = clock();
        const open = market.openTender(tenderId, at);
        // Who is invited to a tender is its buyer's word alone; telling others would disclose it.
        if (!open || open.tender.audience === 'invited') return drawNobody(match);
        const newest = market.firms.best(open.measure, room).filter(({ firm }) => market.isNewest(firm.profile.organisationId));
        const best = newest.map(({ firm, points, turn }) => found(open, firm, points, turn));
        return drawFirms(match, { about: aboutOf(open), basis: open.basis, best, room, tellFrom, at });
      },
      cause,
    );
  };

  const fitting = (organisationId: string): Map<string, Found> => {
    const firm = market.firms.get(organisationId);
    const fits = new Map<string, Found>();
    if (!firm || !market.isNewest(organisationId)) return fits;
    for (const open of market.openTenders(clock())) {
      if (open.tender.audience === 'invited') continue;
      const points = open.measure.points(firm, tellFrom);
      if (points === undefined || open.measure.failures(firm).length > 0) continue;
      fits.set(open.tender.tenderId, found(open, firm, points, turnOf(open.measure.demand.seed, organisationId)));
    }
    return fits;
  };

  return {
    draw,
    consider: async (organisationId, cause) => {
      const at = clock();
      const own = market.openTenders(at).filter(({ tender }) => tender.buyer.organisationId === organisationId);
      for (const { tender } of own) await draw(tender.tenderId, quietly(cause));

      const fits = fitting(organisationId);
      const told = await matches.toldOf(organisationId, [...fits.keys()]);
      for (const [tenderId, firm] of fits) {
        const open = told.has(tenderId) ? undefined : market.openTender(tenderId, at);
        if (!open) continue;
        await matches.change(
          tenderId,
          (match) => considerFirm(match, { about: aboutOf(open), basis: open.basis, firm, at }),
          quietly(cause),
        );
      }
    },
  };
};

/**
 * The same cause without a place in the tender's memory: the rule itself stays quiet when told again, and a firm that edits its profile
 * often would otherwise leave a line in the document of every tender it fits.
 */
const quietly = ({ id, correlationId, actor, at, traceparent }: Cause): TimeCause => ({
  kind: 'time',
  id,
  correlationId,
  actor,
  at,
  ...(traceparent === undefined ? {} : { traceparent }),
});

const aboutOf = ({ tender: { tenderId, title, buyer, deadline } }: KnownTender): About => ({
  tenderId,
  title,
  buyer: { organisationId: buyer.organisationId, name: buyer.name },
  deadline,
});

const found = ({ measure }: KnownTender, firm: Firm, points: number, turn: number): Found => ({
  organisationId: firm.profile.organisationId,
  name: firm.profile.name,
  points,
  turn,
  score: points / whole,
  reasons: weightiest(measure, firm, wordsIn.en),
  reasonsIn: { de: weightiest(measure, firm, wordsIn.de) },
});

const weightiest = (measure: Measure, firm: Firm, words: Words): string[] =>
  measure
    .judge(firm, words)
    .reasons.filter(({ kind }) => kind === 'for')
    .toSorted((a, b) => b.points - a.points)
    .slice(0, reasonsTold)
    .map(({ says }) => says);
