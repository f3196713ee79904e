import type { LanguageSkill } from '@umuhuza/contracts/values';
import type { ReactNode } from 'react';
import { nameOfLanguage } from '../../names.ts';
import type { Area } from '../../sandbox/areas.ts';
import type { Language } from '../../texts/language.ts';
import { type Say, useText } from '../../texts/useText.ts';
import { inMoney, periodOnBothClocks } from '../../times.ts';

type Price = 'free' | { readonly amount: number; readonly currency: string };

export const PriceText = ({ price }: { readonly price: Price }): ReactNode => {
  const { t, language } = useText('sandbox');
  return priceText(price, t, language);
};

/** The same where only text can stand. */
export const priceText = (price: Price, t: Say<'price-free'>, language: Language): string =>
  price === 'free' ? t('price-free') : inMoney(price, language);

export const LanguagesText = ({ languages }: { readonly languages: readonly LanguageSkill[] }): ReactNode => {
  const { t, language } = useText('sandbox');
  return languages
    .map((each) => `${nameOfLanguage(each.language, language)} (${each.level === 'native' ? t('level-native') : each.level})`)
    .join(', ');
};

type KindsProps = { readonly areas: readonly Area[]; readonly kinds: readonly string[] };

/** What can be tested: the areas in the language of the page, and the host’s own words. */
export const KindsText = ({ areas, kinds }: KindsProps): ReactNode => {
  const { t } = useText('sandbox');
  return [...areas.map((area) => t(`area-${area}`)), ...kinds].join(', ');
};

/** A company by its name, or by its id where the name has not been learned. */
export const nameOf = ({ name, organisationId }: { readonly name: string | null; readonly organisationId: string }): string =>
  name ?? organisationId;

/** From one instant to another on both clocks, where only text can stand. */
export const periodText = (startsAt: string, endsAt: string, language: Language): string => {
  const times = periodOnBothClocks(startsAt, endsAt, language);
  const oneDay = times.every(({ day }) => day === times[0]?.day);
  return times.map(({ city, day, time }, index) => `${oneDay && index > 0 ? '' : `${day}, `}${time} ${city}`).join(' · ');
};
