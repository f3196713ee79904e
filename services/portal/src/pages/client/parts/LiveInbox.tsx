import type { InboxCounts, NotificationView } from '@umuhuza/contracts/notifications/schemas';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { readInbox, useInboxChanges, useInboxState } from '../api/inbox.ts';
import { followInbox, type StreamEvent } from '../api/inboxStream.ts';
import { tokens } from '../api/platform.ts';
import { useText } from '../texts/useText.ts';

/** Follows the inbox while the page is open, and says aloud what is new. */
export const LiveInbox = (): ReactNode => {
  const { t, language } = useText();
  const [newest, setNewest] = useState('');
  const { told, happened, counted, readAnew } = useInboxChanges();
  const position = useInboxState()?.position;
  const [begin, setBegin] = useState(position);
  if (begin === undefined && position !== undefined) setBegin(position);

  const onEvent = useEffectEvent(({ event, data }: StreamEvent) => {
    if (event === 'notification') {
      const notification = data as NotificationView;
      told(notification);
      happened(notification);
      if (notification.status === 'unseen') setNewest(notification.subject);
    }
    if (event === 'counts') counted(data as InboxCounts);
    if (event === 'end' && (data as { readonly reason?: string }).reason === 'token-ended') tokens.forget();
  });
  const onLostPlace = useEffectEvent(async () => {
    await readAnew();
    return (await readInbox(undefined, language)).position;
  });

  useEffect(() => {
    if (begin === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    void followInbox(begin, {
      open: (lastEventId) => openStream(language, lastEventId, signal),
      onEvent,
      onLostPlace,
      signal,
      wait: (milliseconds) => waitOrOnline(milliseconds, signal),
    });
    return () => leaving.abort();
  }, [language, begin]);

  return (
    <div className="unseen" role="status">
      {newest === '' ? '' : t('new-notification', { subject: newest })}
    </div>
  );
};

const openStream = async (language: string, lastEventId: string | undefined, signal: AbortSignal): Promise<Response> => {
  const token = await tokens.current();
  const answer = await fetch(`/api/notifications/stream?language=${language}`, {
    signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  if (answer.status === 401) tokens.forget();
  return answer;
};

/** Waits, but no longer than until the device is online again. */
const waitOrOnline = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener('online', go);
    signal.addEventListener('abort', go);
  });
