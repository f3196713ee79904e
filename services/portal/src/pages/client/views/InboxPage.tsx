import { useMutation } from '@tanstack/react-query';
import type { NotificationView } from '@umuhuza/contracts/notifications/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { inboxKey, readInbox, useInboxChanges, useInboxState } from '../api/inbox.ts';
import { notifications } from '../api/platform.ts';
import { Card } from '../parts/Card.tsx';
import { Failure } from '../parts/Failure.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

export const InboxPage = (): ReactNode => {
  const { t } = useText();
  useTitle(t('inbox'));
  const unread = useInboxState()?.unread ?? 0;
  const { readAnew } = useInboxChanges();
  const readingAll = useMutation({
    mutationFn: () => expecting(200, notifications.readAll({ body: {} })),
    onSuccess: readAnew,
  });
  return (
    <div className="narrow">
      <h1>{t('inbox')}</h1>
      <div className="line-head lead">
        <p className="quiet" role="status">
          {unread === 0 ? t('nothing-unread') : t('unread', { count: unread })}
        </p>
        {unread > 0 && (
          <button type="button" className="plain" disabled={readingAll.isPending} onClick={() => readingAll.mutate()}>
            {t('mark-all-read')}
          </button>
        )}
      </div>
      {readingAll.isError && <Failure error={readingAll.error} />}
      <section className="card" aria-label={t('inbox')}>
        <InboxList />
      </section>
    </div>
  );
};

/** The beginning of the inbox, for the overview. */
export const NewestNotifications = (): ReactNode => {
  const { t } = useText();
  return (
    <Card title={t('inbox')} aside={<a href="#/inbox">{t('whole-inbox')}</a>}>
      <InboxList most={4} />
    </Card>
  );
};

const InboxList = ({ most }: { readonly most?: number }): ReactNode => {
  const { t, language } = useText();
  return (
    <PagedList
      queryKey={inboxKey(language)}
      read={(cursor) => readInbox(cursor, language)}
      keyOf={({ id }) => id}
      expected={most ?? 6}
      empty={t('no-notifications')}
      {...(most === undefined ? {} : { most })}
    >
      {(notification) => <NotificationLine notification={notification} isShort={most !== undefined} />}
    </PagedList>
  );
};

type NotificationLineProps = { readonly notification: NotificationView; readonly isShort: boolean };

const NotificationLine = ({ notification, isShort }: NotificationLineProps): ReactNode => {
  const { t } = useText();
  const { told, readAnew } = useInboxChanges();
  const { id, subject, body, link, at, status, language } = notification;
  const isUnread = status === 'unseen' || status === 'seen';
  const reading = useMutation({
    mutationFn: () => expecting(200, notifications.read({ params: { id }, body: {} })),
    onSuccess: async (read) => {
      told(read);
      await readAnew();
    },
  });
  return (
    <li className={isUnread ? 'unread' : undefined}>
      <div className="line-head">
        <a href={`#${link}`} lang={language} onClick={() => isUnread && reading.mutate()}>
          {subject}
        </a>
        {isUnread && !isShort && (
          <button type="button" className="plain" disabled={reading.isPending} onClick={() => reading.mutate()}>
            {t('mark-read')}
            <span className="unseen">: {subject}</span>
          </button>
        )}
      </div>
      {!isShort && <Body text={body} language={language} />}
      <p className="quiet">
        <BothClocks instant={at} />
      </p>
      {reading.isError && <Failure error={reading.error} />}
    </li>
  );
};

/** The first paragraph; the rest on demand, so that the list stays one. */
const Body = ({ text, language }: { readonly text: string; readonly language: NotificationView['language'] }): ReactNode => {
  const { t } = useText();
  const [first = '', ...rest] = text.split('\n\n');
  return (
    <>
      <p className="text" lang={language}>
        {first}
      </p>
      {rest.length > 0 && (
        <details>
          <summary>{t('read-on')}</summary>
          <p className="text" lang={language}>
            {rest.join('\n\n')}
          </p>
        </details>
      )}
    </>
  );
};
