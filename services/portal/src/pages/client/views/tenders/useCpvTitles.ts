import { useQueries } from '@tanstack/react-query';
import { expecting } from '../../api/answers.ts';
import { gathered } from '../../api/gathered.ts';
import { tenders } from '../../api/platform.ts';
import { mostAskedAtOnce } from '../../limits.ts';
import { useText } from '../../texts/useText.ts';

/** Milliseconds for which names and titles are not asked for again. */
export const forAnHour = 3_600_000;

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
