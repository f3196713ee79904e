import { useQueries } from '@tanstack/react-query';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { expecting } from '../../api/answers.ts';
import { gathered } from '../../api/gathered.ts';
import { profiles } from '../../api/platform.ts';
import { mostAskedAtOnce } from '../../limits.ts';
import { useText } from '../../texts/useText.ts';
import type { TermWords } from './termRows.ts';
import { forAnHour, useCpvTitles } from './useCpvTitles.ts';

const nameOfFirm = gathered(async (ids) => {
  const { items } = await expecting(200, profiles.names({ query: { of: ids.join(',') } }));
  return new Map(items.map(({ organisationId, name }) => [organisationId, name]));
}, mostAskedAtOnce);

/** What firms are called by their profiles; those without a published one are missing. */
export const useFirmNames = (ids: readonly string[]): ReadonlyMap<string, string> => {
  const asked = [...new Set(ids)];
  return useQueries({
    queries: asked.map((organisationId) => ({
      queryKey: ['profiles', 'name', organisationId],
      queryFn: () => nameOfFirm(organisationId),
      // Whoever has no profile may publish one any time.
      staleTime: ({ state }: { readonly state: { readonly data: string | null | undefined } }) => (state.data ? forAnHour : 0),
    })),
    combine: (found) => new Map(found.flatMap(({ data }, index) => (data ? [[asked[index] ?? '', data] as const] : []))),
  });
};

/** The words for the terms of a tender, and for a bid for it. */
export const useTermWords = (
  tender: Pick<TenderView, 'lots' | 'criteria'> | undefined,
  { firms, cpv }: Named = {},
): TermWords => {
  const { t, language } = useText('tenders');
  const names = useFirmNames(firms ?? []);
  const titles = useCpvTitles(cpv ?? []);
  const nameOf: TermWords['nameOf'] = (what, id) => {
    if (what === 'lot') return tender?.lots.find((lot) => lot.id === id)?.title ?? t('lot');
    if (what === 'criterion') return tender?.criteria.find((criterion) => criterion.id === id)?.name ?? t('criterion');
    if (what === 'cpv') return [id, titles.get(id)].filter(Boolean).join(' ');
    return names.get(id) ?? t('firm-without-profile');
  };
  return { t, language, nameOf };
};

/** What of a term is said by an id or a code, and has to be asked for what it is called. */
type Named = { readonly firms?: readonly string[]; readonly cpv?: readonly string[] };

/** What versions of a term name. */
export const namedIn = (term: string, ...versions: readonly unknown[]): Named => {
  const ids = versions.flatMap((value) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []));
  if (term === 'invited') return { firms: ids };
  return term === 'cpv' ? { cpv: [...new Set(ids)] } : {};
};
