import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { CpvEntry as CpvEntryView } from '@umuhuza/contracts/tenders/cpv';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { CpvEntry } from '../cpv/vocabulary.ts';
import type { TendersDeps } from './deps.ts';
import { refuse } from './problems.ts';

/** The vocabulary changes with a release of this project: a day in any cache is soon enough. */
const cacheable = 'public, max-age=86400';

/** The vocabulary, the same for everybody. */
export const cpvHandlers = ({ cpv }: Pick<TendersDeps, 'cpv'>): Pick<Handlers<typeof tendersApi>, 'searchCpv' | 'cpv'> => ({
  searchCpv: async ({ query: { q, codes, limit }, res }) => {
    res.setHeader('Cache-Control', cacheable);
    const found = codes
      ? codes.flatMap((code) => cpv.named(code) ?? [])
      : q
        ? cpv.search(q, limit)
        : cpv.divisions.slice(0, limit);
    return { status: 200, body: { items: found.map(toView) } };
  },

  cpv: async ({ params, req, res }) => {
    const [code = '', checkDigit] = params.code.split('-');
    const place = cpv.find(code);
    if (!place) return refuse(req, 'no-such-cpv-code');
    if (checkDigit !== undefined && Number(checkDigit) !== place.checkDigit)
      return refuse(req, 'no-such-cpv-code', `The check digit of ${code} is ${place.checkDigit}, not ${checkDigit}.`);
    res.setHeader('Cache-Control', cacheable);
    const { parents, children, ...entry } = place;
    return { status: 200, body: { ...toView(entry), parents: parents.map(toView), children: children.map(toView) } };
  },
});

const toView = ({ titles, ...entry }: CpvEntry): CpvEntryView => ({ ...entry, titles: { ...titles } });
