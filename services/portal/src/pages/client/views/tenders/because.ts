import type { MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { AreaTextKey } from '../../texts/areas.ts';
import type { TextKey } from '../../texts/en.ts';
import type { Language } from '../../texts/language.ts';
import type { Say } from '../../texts/useText.ts';
import { inPoints } from '../../times.ts';

type Lot = TenderView['lots'][number];
type Words = { readonly t: Say<TextKey | AreaTextKey<'tenders'>>; readonly language: Language };
const joined = (...sentences: readonly (string | undefined)[]): string =>
  sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');

/** Why a bid had its outcome: what the platform itself says in the language of the page, and what the buyer wrote in its words. */
export const whyOutcome = (
  { outcome, because, how, reason, said, winningPoints, code }: MyBid['outcomes'][number],
  { t, language }: Words,
): string => {
  if (outcome === 'disqualified') return joined(code && `${t(`disqualified-${code}`)}.`, reason);
  if (because === undefined) return reason;
  const winning = winningPoints === undefined ? undefined : t('winning-points', { points: inPoints(winningPoints, language) });
  return joined(sentenceOf({ because, how }, t), outcome === 'lost' ? winning : undefined, said);
};

/** Why a lot is awarded to the one who has it. */
export const whyAwarded = (
  { because, how, reason, rank, points }: Pick<NonNullable<Lot['award']>, 'because' | 'how' | 'reason' | 'rank' | 'points'>,
  { t, language }: Words,
): string => {
  if (because === undefined) return reason;
  const place =
    rank === undefined || points === undefined
      ? undefined
      : `${t('rank-and-points', { rank, points: inPoints(points, language) })}.`;
  return joined(sentenceOf({ because, how }, t), place);
};

/** Why nobody gets a lot, or the tender ends with nobody. */
export const whyNobody = ({ because, how, reason, code }: NonNullable<Lot['unsuccessful']>, { t }: Pick<Words, 't'>): string =>
  because === undefined ? joined(code && `${t(`unsuccessful-${code}`)}.`, reason) : sentenceOf({ because, how }, t);

const sentenceOf = (
  {
    because,
    how = 'declined',
  }: { readonly because: NonNullable<MyBid['outcomes'][number]['because']>; readonly how?: 'declined' | 'withdrawn' | undefined },
  t: Words['t'],
): string => {
  if (because === 'passed-on' || because === 'nobody-left') return t(`because-${because}-${how}`);
  return t(`because-${because}`);
};
