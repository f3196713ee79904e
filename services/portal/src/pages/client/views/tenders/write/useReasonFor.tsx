import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../../../texts/useText.ts';
import { ReasonField } from './ReasonField.tsx';

type Asked = { readonly title: string; readonly answer: (reason: string | undefined) => void };

/**
 * Asks before a document of a published tender is added or removed, since each is an amendment of its own that makes bids invalid. Whoever
 * says no has called it off. What was said for an upload, by its key, is not asked again when its line breaks.
 */
export const useReasonFor = (): {
  readonly dialog: ReactNode;
  readonly reasonFor: (title: string, uploadKey?: string) => Promise<string>;
} => {
  const { t } = useText('tenders', 'forms');
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const said = useRef(new Map<string, string>());
  const [asked, setAsked] = useState<Asked>();
  const [reason, setReason] = useState('');
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  const answer = (given: string | undefined): void => {
    asked?.answer(given);
    setAsked(undefined);
  };
  return {
    reasonFor: async (title, uploadKey) => {
      const known = uploadKey === undefined ? undefined : said.current.get(uploadKey);
      if (known !== undefined) return known;
      setReason('');
      const given = await new Promise<string | undefined>((resolve) => setAsked({ title, answer: resolve }));
      if (given === undefined) throw new DOMException('called off', 'AbortError');
      if (uploadKey !== undefined) said.current.set(uploadKey, given);
      return given;
    },
    dialog: asked && (
      <dialog ref={dialog} aria-labelledby={id} onClose={() => answer(undefined)}>
        <h2 id={id}>{asked.title}</h2>
        <p>{t('documents-amend')}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            answer(reason.trim());
          }}
        >
          <ReasonField value={reason} onChange={setReason} />
          <button type="submit" className="main">
            {t('publish-amendment')}
          </button>
        </form>
        <button type="button" className="plain" onClick={() => answer(undefined)}>
          {t('leave-it')}
        </button>
      </dialog>
    ),
  };
};
