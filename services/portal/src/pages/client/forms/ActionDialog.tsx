import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../texts/useText.ts';
import { Form } from './Form.tsx';
import type { AskedSending } from './useSending.ts';

type ActionDialogProps = {
  /** What the button says that asks for it. */
  readonly opener: string;
  readonly title: string;
  /** What it leads to. */
  readonly detail?: ReactNode;
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isPlain?: boolean;
  /** It is what the view is for. */
  readonly isMain?: boolean;
  readonly sending: AskedSending;
  /** Before it is seen: for a form that begins with what is known by now. */
  readonly onOpen?: () => void;
  readonly onSubmit: () => void;
  readonly children?: ReactNode;
};

/** Something that is asked for first, in a dialog that says what it leads to. It closes once it is done; whoever leaves it has said no. */
export const ActionDialog = ({
  opener,
  title,
  detail,
  action,
  isDangerous = false,
  isPlain = false,
  isMain = false,
  sending,
  onOpen,
  onSubmit,
  children,
}: ActionDialogProps): ReactNode => {
  const { t } = useText('forms');
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  useEffect(() => {
    if (sending.isSuccess) dialog.current?.close();
  }, [sending.isSuccess]);
  const leave = useRef(sending.leave);
  leave.current = sending.leave;
  // Another view instead of the dialog is a no as well.
  useEffect(() => () => leave.current(), []);
  return (
    <>
      <button
        type="button"
        className={isPlain ? 'plain' : isMain ? 'main' : isDangerous ? 'danger' : undefined}
        onClick={() => {
          sending.reset();
          onOpen?.();
          setOpen(true);
        }}
      >
        {opener}
      </button>
      {isOpen && (
        <dialog
          ref={dialog}
          aria-labelledby={id}
          onClose={() => {
            if (sending.isPending) sending.leave();
            setOpen(false);
          }}
        >
          <h2 id={id}>{title}</h2>
          {detail && <div className="text">{detail}</div>}
          <Form sending={sending} onSubmit={onSubmit} action={action} isDangerous={isDangerous}>
            {children}
          </Form>
          <button type="button" className="plain" onClick={() => dialog.current?.close()}>
            {t('leave-it')}
          </button>
        </dialog>
      )}
    </>
  );
};
