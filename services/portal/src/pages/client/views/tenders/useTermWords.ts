import { useQueries } from '@tanstack/react-query';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { expecting } from '../../api/answers.ts';
import { profiles } from '../../api/platform.ts';
import { useText } from '../../texts/useText.ts';
import type { TermWords } from './termRows.ts';

const forAnHour = 3_600_000;

/** What firms are called by their profiles; those without a published one are missing. */
export const useFirmNames = (ids: readonly string[]): ReadonlyMap<string, string> =>
  useQueries({
    queries: [...new Set(ids)].map((organisationId) => ({
      queryKey: ['profiles', 'one', organisationId],
      queryFn: () => expecting(200, profiles.one({ params: { organisationId } })),
      staleTime: forAnHour,
      retry: false,
    })),
    combine: (found) => new Map(found.flatMap(({ data }) => (data ? [[data.organisationId, data.name] as const] : []))),
  });

/** The words for the terms of a tender, and for a bid for it. */
export const useTermWords = (
  tender: Pick<TenderView, 'lots' | 'criteria'> | undefined,
  firms: readonly string[] = [],
): TermWords => {
  const { t, language } = useText('tenders');
  const names = useFirmNames(firms);
  const nameOf: TermWords['nameOf'] = (what, id) => {
    if (what === 'lot') return tender?.lots.find((lot) => lot.id === id)?.title ?? t('lot');
    if (what === 'criterion') return tender?.criteria.find((criterion) => criterion.id === id)?.name ?? t('criterion');
    return names.get(id) ?? t('firm-without-profile');
  };
  return { t, language, nameOf };
};

/** The firms that versions of a term name. */
export const firmsIn = (term: string, ...versions: readonly unknown[]): readonly string[] =>
  term === 'invited'
    ? versions.flatMap((value) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []))
    : [];
