import type { ReactNode } from 'react';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { inMoney, onDay } from '../../times.ts';

/** A term's value in short, whatever it is. */
export const TermValue = ({ value }: { readonly value: unknown }): ReactNode => {
  const { t, language } = useText('tenders');
  if (value === undefined || value === null || value === '') return <span className="quiet">{t('nothing')}</span>;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return isInstant.test(value) ? <BothClocks instant={value} /> : isDay.test(value) ? onDay(value, language) : inShort(value);
  if (Array.isArray(value))
    return value.length === 0 ? <span className="quiet">{t('nothing')}</span> : value.map(nameOf).join(' · ');
  const { amount, currency } = value as { readonly amount?: unknown; readonly currency?: unknown };
  if (typeof amount === 'number' && typeof currency === 'string') return inMoney({ amount, currency }, language);
  return inShort(JSON.stringify(value));
};

const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const isDay = /^\d{4}-\d\d-\d\d$/;
const longest = 300;
const inShort = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** What a row is called: a lot and a milestone by title, a criterion by name and weight, a language by its level. */
const nameOf = (item: unknown): string => {
  if (typeof item !== 'object' || item === null) return String(item);
  const { title, name, weight, language, level } = item as Readonly<Record<string, unknown>>;
  if (language !== undefined) return `${language} ${level ?? ''}`.trim();
  return `${title ?? name ?? ''}${weight === undefined ? '' : ` ${weight} %`}`;
};
