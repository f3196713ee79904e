import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderStatus } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { PagedList } from '../../parts/PagedList.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { useText } from '../../texts/useText.ts';
import { TenderLine } from '../Tenders.tsx';

/** A German company's own tenders, or those a Rwandan firm may bid for. */
export const TenderList = ({ company }: { readonly company: Membership }): ReactNode =>
  company.country === 'DE' ? <OwnTenders /> : <OpenTenders />;

const states = [
  'draft',
  'published',
  'closed',
  'opened',
  'awarded',
  'unsuccessful',
  'cancelled',
] as const satisfies TenderStatus[];

const OwnTenders = (): ReactNode => {
  const { t } = useText('tenders');
  useTitle(t('own-tenders'));
  const [status, setStatus] = useState<TenderStatus | 'all'>('all');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  return (
    <div className="narrow">
      <div className="line-head">
        <h1>{t('own-tenders')}</h1>
        <a className="button main" href="#/tenders/new">
          {t('new-tender')}
        </a>
      </div>
      <search className="pair">
        <Select
          name="status"
          label={t('state')}
          isOptional
          options={[
            { value: 'all' as const, label: t('all-states') },
            ...states.map((each) => ({ value: each, label: t(`status-${each}`) })),
          ]}
          value={status}
          onChange={setStatus}
        />
        <Field name="q" type="search" label={t('words')} isOptional maxLength={200} value={typed} onChange={setTyped} />
      </search>
      <section className="card" aria-label={t('own-tenders')}>
        <PagedList
          queryKey={['tenders', 'list', 'own', status, q]}
          read={(cursor) =>
            expecting(
              200,
              tenders.list({
                query: {
                  limit: 20,
                  mine: 'true',
                  status,
                  ...(q === '' ? {} : { q }),
                  ...(cursor === undefined ? {} : { cursor }),
                },
              }),
            )
          }
          keyOf={({ id }) => id}
          expected={5}
          empty={status === 'all' && q === '' ? t('no-own-tenders') : t('none-like-this')}
        >
          {(tender) => <TenderLine tender={tender} isOwn />}
        </PagedList>
      </section>
    </div>
  );
};

/** Without a draft, which only its buyer sees. */
const seenByFirms = states.filter((each) => each !== 'draft');

/** Those that take bids; those the firm follows or whose opened bids hold its own, whatever became of them; others by their state. */
const OpenTenders = (): ReactNode => {
  const { t } = useText('tenders');
  const [status, setStatus] = useState<TenderStatus | 'following' | 'all'>('published');
  const title = t(status === 'published' ? 'open-tenders' : 'tenders');
  useTitle(title);
  const [typed, setTyped] = useState('');
  const [cpv, setCpv] = useState('');
  const [order, setOrder] = useState<'newest' | 'deadline'>('newest');
  const q = useDeferredValue(typed.trim());
  const branch = /^\d{2,8}$/.test(cpv) ? cpv : undefined;
  const isFiltered = status !== 'published' || q !== '' || branch !== undefined;
  return (
    <div className="narrow">
      <h1>{title}</h1>
      <search className="pair">
        <Field name="q" type="search" label={t('words')} isOptional maxLength={200} value={typed} onChange={setTyped} />
        <Field
          name="cpv"
          type="search"
          label={t('cpv-begins-with')}
          isOptional
          maxLength={8}
          pattern="\d*"
          value={cpv}
          onChange={setCpv}
        />
        <Select
          name="status"
          label={t('state')}
          isOptional
          options={[
            { value: 'following' as const, label: t('followed-tenders') },
            ...seenByFirms.map((each) => ({ value: each, label: t(`status-${each}`) })),
            { value: 'all' as const, label: t('all-states') },
          ]}
          value={status}
          onChange={setStatus}
        />
        <Select
          name="order"
          label={t('order')}
          isOptional
          options={(['newest', 'deadline'] as const).map((each) => ({ value: each, label: t(`order-${each}`) }))}
          value={order}
          onChange={setOrder}
        />
      </search>
      <section className="card" aria-label={title}>
        <PagedList
          queryKey={['tenders', 'list', 'open', status, q, branch, order]}
          read={(cursor) =>
            expecting(
              200,
              tenders.list({
                query: {
                  limit: 20,
                  mine: 'false',
                  order,
                  ...(status === 'following' ? { following: 'true' } : status === 'published' ? {} : { status }),
                  ...(q === '' ? {} : { q }),
                  ...(branch === undefined ? {} : { cpv: branch }),
                  ...(cursor === undefined ? {} : { cursor }),
                },
              }),
            )
          }
          keyOf={({ id }) => id}
          expected={5}
          empty={isFiltered ? t('none-like-this') : t('no-open-tenders')}
        >
          {(tender) => <TenderLine tender={tender} isOwn={false} />}
        </PagedList>
      </section>
    </div>
  );
};
