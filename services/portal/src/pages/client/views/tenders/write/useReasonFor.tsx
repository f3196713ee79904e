import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { platformNow } from '../../../api/serverClock.ts';
import { MomentField } from '../../../forms/MomentField.tsx';
import { useText } from '../../../texts/useText.ts';
import type { City } from '../../../times.ts';
import { isInLastDays } from './lastDays.ts';
import { ReasonField } from './ReasonField.tsx';

/** `deadline`: the later one that comes with the document, in the last days before the one that was. */
export type Said = { readonly reason: string; readonly deadline?: string };
type Asked = { readonly title: string; readonly isLate: boolean; readonly answer: (said: Said | undefined) => void };
type Now = { readonly deadline: string | undefined; readonly city: City };

/**
 * Asks before a document of a published tender is added or removed, since each is an amendment of its own that makes bids invalid. Whoever
 * says no has called it off. In the last days before the deadline it asks for a later one as well. What was said for an upload, by its key, is not asked again when its line breaks.
 */
export const useReasonFor = ({
  deadline: before,
  city,
}: Now): {
  readonly dialog: ReactNode;
  readonly reasonFor: (title: string, uploadKey?: string) => Promise<Said>;
} => {
  const { t } = useText('tenders', 'forms');
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const said = useRef(new Map<string, Said>());
  const [asked, setAsked] = useState<Asked>();
  const [reason, setReason] = useState('');
  const [deadline, setDeadline] = useState<string>();
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  const answer = (given: Said | undefined): void => {
    asked?.answer(given);
    setAsked(undefined);
  };
  return {
    reasonFor: async (title, uploadKey) => {
      const known = uploadKey === undefined ? undefined : said.current.get(uploadKey);
      if (known !== undefined) return known;
      setReason('');
      setDeadline(undefined);
      const isLate = isInLastDays(before, platformNow());
      const given = await new Promise<Said | undefined>((resolve) => setAsked({ title, isLate, answer: resolve }));
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
            answer({ reason: reason.trim(), ...(asked.isLate && deadline !== undefined ? { deadline } : {}) });
          }}
        >
          {asked.isLate && (
            <MomentField
              name="deadline"
              label={t('later-deadline')}
              hint={t('later-deadline-hint')}
              city={city}
              value={deadline}
              onChange={setDeadline}
            />
          )}
          <ReasonField value={reason} onChange={setReason} />
          <button type="submit" className="main" disabled={asked.isLate && !isLater(deadline, before)}>
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

const isLater = (deadline: string | undefined, before: string | undefined): boolean =>
  deadline !== undefined && before !== undefined && Date.parse(deadline) > Date.parse(before);
