import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useId, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { gathered } from '../../api/gathered.ts';
import { tenders } from '../../api/platform.ts';
import { issueAt } from '../../forms/issues.ts';
import { Labelled } from '../../forms/Labelled.tsx';
import { Chips } from '../../forms/Tags.tsx';
import { mostAskedAtOnce } from '../../limits.ts';
import { useText } from '../../texts/useText.ts';

type CpvFieldProps = {
  /** Where the codes are in the body. */
  readonly name?: string;
  readonly label?: string;
  readonly codes: readonly string[];
  readonly error?: Error | null;
  readonly onChange: (codes: readonly string[]) => void;
};

const forAnHour = 3_600_000;

/** CPV codes, found by their first digits or by words in English or German. */
export const CpvField = ({ name = 'cpv', label, codes, error, onChange }: CpvFieldProps): ReactNode => {
  const { t, language } = useText('tenders');
  const listId = useId();
  const [typed, setTyped] = useState('');
  const asked = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['cpv', 'search', asked],
    queryFn: () => expecting(200, tenders.searchCpv({ query: { q: asked, limit: 8 } })),
    enabled: asked.length > 1,
    staleTime: forAnHour,
    placeholderData: keepPreviousData,
  });
  const items = asked.length > 1 ? (found.data?.items ?? []).filter(({ code }) => !codes.includes(code)) : [];
  const titles = useCpvTitles(codes);
  return (
    <Labelled label={label ?? t('cpv-codes')} hint={t('cpv-hint')} issue={issueAt(error, name)}>
      {(described) => (
        <>
          <Chips
            label={label ?? t('cpv-codes')}
            items={codes.map((code) => ({ key: code, text: [code, titles.get(code)].filter(Boolean).join(' ') }))}
            onRemove={(gone) => onChange(codes.filter((code) => code !== gone))}
          />
          <input
            {...described}
            name={name}
            type="search"
            autoComplete="off"
            maxLength={200}
            placeholder={t('cpv-example')}
            aria-controls={listId}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
          <ul id={listId} className="found" aria-label={t('cpv-found')}>
            {items.map((entry) => (
              <li key={entry.code}>
                <button
                  type="button"
                  onClick={() => {
                    onChange([...codes, entry.code]);
                    setTyped('');
                  }}
                >
                  <span className="code">{entry.code}</span> {entry.titles[language]}
                </button>
              </li>
            ))}
          </ul>
          {asked.length > 1 && found.data && items.length === 0 && <p className="quiet">{t('cpv-nothing-found')}</p>}
        </>
      )}
    </Labelled>
  );
};

const entryOf = gathered(async (codes) => {
  const { items } = await expecting(200, tenders.searchCpv({ query: { codes: codes.join(',') } }));
  return new Map(items.map((entry) => [entry.code, entry]));
}, mostAskedAtOnce);

/** What codes are called in the language of the page; those that are not known here are missing. */
export const useCpvTitles = (codes: readonly string[]): ReadonlyMap<string, string> => {
  const { language } = useText();
  return useQueries({
    queries: codes.map((code) => ({
      queryKey: ['cpv', 'one', code],
      queryFn: () => entryOf(code),
      staleTime: forAnHour,
    })),
    combine: (entries) => new Map(entries.flatMap(({ data }) => (data ? [[data.code, data.titles[language]] as const] : []))),
  });
};
