import { type ReactNode, useEffect, useState } from 'react';
import { ActionDialog } from '../../forms/ActionDialog.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import type { AskedSending } from '../../forms/useSending.ts';

type ReasonedProps = {
  readonly opener: string;
  readonly title: string;
  readonly detail: ReactNode;
  readonly label: string;
  readonly name?: string;
  readonly isDangerous?: boolean;
  readonly isPlain?: boolean;
  readonly maxLength?: number;
  readonly sending: AskedSending;
  readonly onSubmit: (reason: string) => void;
  readonly children?: ReactNode;
  /** What is offered along with it. */
  readonly along?: ReactNode;
};

/** Something that is done with a reason, or with a text of another kind. */
export const Reasoned = ({
  label,
  name = 'reason',
  maxLength = 2_000,
  onSubmit,
  children,
  along,
  opener,
  ...dialog
}: ReasonedProps): ReactNode => {
  const [reason, setReason] = useState('');
  const isSent = dialog.sending.isSuccess;
  // What was sent is not proposed again when it is opened the next time.
  useEffect(() => {
    if (isSent) setReason('');
  }, [isSent]);
  return (
    <ActionDialog {...dialog} opener={opener} action={opener} onSubmit={() => onSubmit(reason)}>
      {children}
      <TextArea
        name={name}
        label={label}
        maxLength={maxLength}
        value={reason}
        error={dialog.sending.error}
        onChange={setReason}
      />
      {along}
    </ActionDialog>
  );
};
