import type { ReactNode } from 'react';
import { useText } from '../texts/useText.ts';
import type { AutosaveStatus } from './autosave.ts';

const said = {
  saved: 'saved-on-server',
  typed: 'not-saved-yet',
  saving: 'saving-now',
  offline: 'waiting-for-connection',
  refused: 'not-saved-yet',
  disputed: 'not-saved-yet',
} as const satisfies Record<AutosaveStatus, string>;

/** Where what is typed is now. It is there also while there is nothing to say, so that changes are read out. */
export const SavedState = ({ status }: { readonly status: AutosaveStatus | undefined }): ReactNode => {
  const { t } = useText('forms');
  return (
    <p role="status" className={status === 'offline' ? 'saved-state lost' : 'saved-state quiet'} data-state={status}>
      {status && t(said[status])}
    </p>
  );
};
