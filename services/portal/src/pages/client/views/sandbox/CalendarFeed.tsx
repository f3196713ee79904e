import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { useIntent } from '../../forms/useIntent.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { useText } from '../../texts/useText.ts';

const feedKey = ['calendar-feed'] as const;

/** A person’s private calendar address. It is shown once, when it is made; whoever has it can read the bookings. */
export const CalendarFeed = (): ReactNode => {
  const { t, language } = useText('sandbox');
  useTitle(t('subscribe-calendar'));
  const queries = useQueryClient();
  const [address, setAddress] = useState<string>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: feedKey,
    queryFn: () => expecting(200, sandbox.calendarFeed()),
  });
  const renewing = useIntent(
    () => expecting(201, sandbox.renewCalendarFeed({ body: { language } })),
    ({ url, ...feed }) => {
      setAddress(url);
      queries.setQueryData(feedKey, feed);
    },
  );
  const ending = useIntent(
    () => expecting(200, sandbox.switchOffCalendarFeed({ body: {} })),
    (feed) => {
      setAddress(undefined);
      queries.setQueryData(feedKey, feed);
    },
  );
  const isBusy = renewing.isPending || ending.isPending;
  return (
    <div className="narrow">
      <h1>{t('subscribe-calendar')}</h1>
      <section className="card" aria-label={t('subscribe-calendar')}>
        <p>{t('feed-detail')}</p>
        {isPending ? (
          <Loading items={1} />
        ) : data === undefined ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            {data.status === 'on' && data.renewedAt && (
              <p className="quiet">
                {t('feed-since')} <BothClocks instant={data.renewedAt} />
              </p>
            )}
            {address !== undefined && <Address address={address} />}
            {data.status === 'on' && <p className="note">{t('feed-renew-warning')}</p>}
            <div className="actions">
              <button type="button" disabled={isBusy} onClick={() => renewing.mutate({})}>
                {t(data.status === 'on' ? 'renew-feed' : 'make-feed')}
              </button>
              {data.status === 'on' && (
                <button type="button" className="danger" disabled={isBusy} onClick={() => ending.mutate({})}>
                  {t('switch-off-feed')}
                </button>
              )}
            </div>
          </>
        )}
        {renewing.isError && <Failure error={renewing.error} />}
        {ending.isError && <Failure error={ending.error} />}
      </section>
    </div>
  );
};

const Address = ({ address }: { readonly address: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [isCopied, setCopied] = useState(false);
  // A clipboard is there on safe origins only; elsewhere the address is selected, to be copied by hand.
  const copy = async (input: HTMLInputElement | null) => {
    input?.select();
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <div className="field">
      <label htmlFor="feed-address">{t('feed-address')}</label>
      <p className="hint" id="feed-hint">
        {t('feed-shown-once')}
      </p>
      <input id="feed-address" readOnly value={address} aria-describedby="feed-hint" onFocus={(event) => event.target.select()} />
      <div className="actions">
        <button type="button" onClick={() => void copy(document.querySelector<HTMLInputElement>('#feed-address'))}>
          {t('copy')}
        </button>
        <a className="button" href={address.replace(/^https?:/, 'webcal:')}>
          {t('open-in-calendar')}
        </a>
      </div>
      <p role="status" className={isCopied ? 'award' : 'unseen'}>
        {isCopied ? t('copied') : ''}
      </p>
    </div>
  );
};
