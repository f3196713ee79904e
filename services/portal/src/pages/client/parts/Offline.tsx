import { onlineManager } from '@tanstack/react-query';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useText } from '../texts/useText.ts';

/** Says that the device has no connection; it stands in the document at all times so that it is read out when it changes. */
export const Offline = (): ReactNode => {
  const { t } = useText();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status" className={online ? 'unseen' : 'offline'}>
      {online ? '' : t('offline')}
    </div>
  );
};
