import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useId, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { issueAt } from '../../forms/issues.ts';
import { Labelled } from '../../forms/Labelled.tsx';
import { Chips } from '../../forms/Tags.tsx';
import { useText } from '../../texts/useText.ts';
import { forAnHour, useCpvTitles } from './useCpvTitles.ts';

type CpvFieldProps = {
  /** Where the codes are in the body. */
  readonly name?: string;
  readonly label?: string;
  readonly codes: readonly string[];
  readonly error?: Error | null;
  readonly onChange: (codes: readonly string[]) => void;
};

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
