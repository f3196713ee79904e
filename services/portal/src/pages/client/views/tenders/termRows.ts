import type { MustHaveCode } from '@umuhuza/contracts/tenders/schemas';
import { nameOfLanguage } from '../../names.ts';
import type { AreaTextKey } from '../../texts/areas.ts';
import type { TextKey } from '../../texts/en.ts';
import type { Language } from '../../texts/language.ts';
import type { Say } from '../../texts/useText.ts';
import { inMoney, onBothClocks, onDay, sizeInWords } from '../../times.ts';

/** What rows of terms are said with. */
export type TermWords = {
  readonly t: Say<TextKey | AreaTextKey<'tenders'>>;
  readonly language: Language;
  /** What something is called that a row only has the id of. */
  readonly nameOf: (what: 'lot' | 'criterion' | 'firm' | 'cpv', id: string) => string;
};

/** One part of a term in words; by its key it is found in another version of the term. */
export type TermRow = { readonly key: string; readonly text: string };

type Fields = Readonly<Record<string, unknown>>;
type RowWriter = (row: Fields, words: TermWords) => TermRow;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const parts = (separator: string, ...all: readonly string[]): string => all.filter((part) => part !== '').join(separator);
const money = (value: unknown, language: Language): string => {
  const { amount, currency } = (value ?? {}) as Fields;
  return typeof amount === 'number' && typeof currency === 'string' ? inMoney({ amount, currency }, language) : '';
};

/** An instant on both clocks, as text. */
const onClocks = (instant: string, { t, language }: TermWords): string =>
  onBothClocks(instant, language)
    .map(({ city, day, time }) => `${day}, ${time} ${t(city)}`)
    .join(' · ');

/** Everything a row says, term by term: those of a tender, then those of a bid. */
const writers: Readonly<Record<string, RowWriter>> = {
  lots: ({ id, title, description }) => ({ key: text(id), text: parts('\n', text(title), text(description)) }),
  milestones: ({ id, title, dueOn, description }, { t, language }) => ({
    key: text(id),
    text: parts(
      '\n',
      parts(', ', text(title), typeof dueOn === 'string' ? `${t('due-on')} ${onDay(dueOn, language)}` : ''),
      text(description),
    ),
  }),
  criteria: ({ id, name, weight, kind, description }, { t }) => ({
    key: text(id),
    text: parts(
      '\n',
      parts(
        ', ',
        text(name),
        weight === undefined ? '' : `${weight} %`,
        t(`criterion-${kind === 'price' ? 'price' : 'quality'}`),
      ),
      text(description),
    ),
  }),
  languages: ({ language: code, level }, { t, language }) => ({
    key: text(code),
    text: `${nameOfLanguage(text(code), language)}, ${level === 'native' ? t('native') : text(level)}`,
  }),
  documents: ({ id, name, size }, { language }) => ({
    key: text(id),
    text: typeof size === 'number' ? `${text(name)} (${sizeInWords(size, language)})` : text(name),
  }),
  prices: ({ lotId, price }, { language, nameOf }) => ({
    key: text(lotId),
    text: `${nameOf('lot', text(lotId))}: ${money(price, language)}`,
  }),
  answers: ({ criterionId, answer }, { nameOf }) => ({
    key: text(criterionId),
    text: `${nameOf('criterion', text(criterionId))}: ${text(answer)}`,
  }),
  team: ({ role, name, experience }) => ({
    key: parts(' ', text(role), text(name)),
    text: parts('\n', parts(', ', text(role), text(name)), text(experience)),
  }),
};

const mustHave = (code: string, { t }: TermWords): string => t(`must-have-${code as MustHaveCode}`);
/** Codes and ids that stand for something. */
const said: Readonly<Record<string, (value: string, words: TermWords) => string>> = {
  mustHaveCodes: mustHave,
  confirms: mustHave,
  audience: (value, { t }) => t(`audience-${value as 'all'}`),
  invited: (id, { nameOf }) => nameOf('firm', id),
  cpv: (code, { nameOf }) => nameOf('cpv', code),
  deadline: onClocks,
  startsOn: (day, { language }) => onDay(day, language),
};

/** A term's value in words, part by part; one without parts is a row of its own, and nothing is no row. */
export const rowsOf = (term: string, value: unknown, words: TermWords): readonly TermRow[] => {
  const rows = Array.isArray(value)
    ? value.map((item: unknown) => rowOf(term, item, words, true))
    : [rowOf(term, value, words, false)];
  return rows.filter((row) => row.text !== '');
};

const rowOf = (term: string, value: unknown, words: TermWords, isPart: boolean): TermRow => {
  const { t, language } = words;
  const whole = (written: string): TermRow => ({ key: isPart ? String(value) : '', text: written });
  if (value === undefined || value === null) return whole('');
  if (typeof value === 'boolean') return whole(t(value ? 'yes' : 'no'));
  if (typeof value === 'string') return whole(said[term]?.(value, words) ?? value);
  if (typeof value !== 'object') return whole(String(value));
  const written = Object.hasOwn(writers, term) ? writers[term]?.(value as Fields, words) : undefined;
  return (
    written ??
    whole(
      money(value, language) || parts(' ', ...Object.values(value).map((each) => (typeof each === 'object' ? '' : String(each)))),
    )
  );
};
