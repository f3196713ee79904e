import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ConnectionLost } from '../api/answers.ts';
import { newKey } from '../api/key.ts';
import { DocumentLine } from '../parts/DocumentLine.tsx';
import { Failure } from '../parts/Failure.tsx';
import { useText } from '../texts/useText.ts';
import { sizeInWords } from '../times.ts';

export type Uploaded = { readonly id: string; readonly name: string; readonly size: number };

type UploadsProps<Document extends Uploaded> = {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly documents: readonly Document[];
  readonly most: number;
  /** In bytes, each. */
  readonly mostBytes: number;
  readonly send: (file: File, key: string, onProgress: (share: number) => void, signal: AbortSignal) => Promise<void>;
  /** Absent where what was sent stays, and is listed elsewhere. */
  readonly remove?: (document: Document) => Promise<void>;
  readonly save?: (document: Document) => Promise<void>;
};

/** Files that are sent as soon as they are chosen; a lost connection is waited out. */
export const Uploads = <Document extends Uploaded>({
  label,
  hint,
  documents,
  most,
  mostBytes,
  send,
  remove,
  save,
}: UploadsProps<Document>): ReactNode => {
  const { t, language } = useText('forms');
  const id = useId();
  const [tooLarge, setTooLarge] = useState<string>();
  const [share, setShare] = useState(0);
  const [wasChosen, setChosen] = useState(false);
  const sending = useMutation({
    mutationFn: ({ file, key, leaving }: Chosen) => {
      leaving.signal.throwIfAborted();
      return send(file, key, setShare, leaving.signal);
    },
    retry: (_, error) => error instanceof ConnectionLost,
    retryDelay: (failures) => Math.min(15_000, 1_000 * 2 ** failures),
  });
  const removing = useMutation({ mutationFn: async (document: Document) => remove?.(document) });
  const saving = useMutation({ mutationFn: async (document: Document) => save?.(document) });
  const failure = [sending, removing, saving].find(({ error }) => error && error.name !== 'AbortError')?.error;
  const choose = (file: File) => {
    setTooLarge(undefined);
    if (file.size > mostBytes) return setTooLarge(file.name);
    setShare(0);
    setChosen(true);
    sending.mutate({ file, key: newKey(), leaving: new AbortController() });
  };
  return (
    <div className="field uploads">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {documents.length > 0 && (
        <ul className="list">
          {documents.map((document) => (
            <DocumentLine key={document.id} document={document} isBusy={saving.isPending} onSave={() => saving.mutate(document)}>
              {remove && (
                <button
                  type="button"
                  className="plain"
                  aria-label={t('remove-row', { called: document.name })}
                  disabled={removing.isPending}
                  onClick={() => removing.mutate(document)}
                >
                  {t('remove')}
                </button>
              )}
            </DocumentLine>
          ))}
        </ul>
      )}
      {sending.isPending ? (
        <UnderWay
          file={sending.variables.file}
          share={share}
          isLost={sending.isPaused || sending.failureReason instanceof ConnectionLost}
          onCancel={() => {
            sending.variables.leaving.abort();
            // It may be waiting for the line, and nobody waits for it any more.
            sending.reset();
          }}
        />
      ) : documents.length < most ? (
        <ChooseFile id={id} hintId={hint ? `${id}-hint` : undefined} isNext={wasChosen} onChoose={choose} />
      ) : (
        <p className="quiet">{t('no-more-files', { count: most })}</p>
      )}
      {tooLarge && (
        <p className="issue" role="alert">
          {t('file-too-large', { name: tooLarge, most: sizeInWords(mostBytes, language) })}
        </p>
      )}
      {failure && <Failure error={failure} />}
    </div>
  );
};

type Chosen = {
  readonly file: File;
  readonly key: string;
  /** Told when nobody wants it sent any more. */
  readonly leaving: AbortController;
};

type ChooseFileProps = {
  readonly id: string;
  readonly hintId: string | undefined;
  /** One was chosen here before. */
  readonly isNext: boolean;
  readonly onChoose: (file: File) => void;
};

/** The browser words its own control in its own language, so a label stands for it; the keyboard finds the control all the same. */
const ChooseFile = ({ id, hintId, isNext, onChoose }: ChooseFileProps): ReactNode => {
  const { t } = useText('forms');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNext) focusIfLost(input.current);
  }, [isNext]);
  return (
    <div className="choose-file">
      <input
        ref={input}
        id={id}
        type="file"
        className="unseen"
        aria-describedby={hintId}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file may be chosen again.
          target.value = '';
          if (file) onChoose(file);
        }}
      />
      <label htmlFor={id}>{t('choose-file')}</label>
    </div>
  );
};

type UnderWayProps = { readonly file: File; readonly share: number; readonly isLost: boolean; readonly onCancel: () => void };

const UnderWay = ({ file, share, isLost, onCancel }: UnderWayProps): ReactNode => {
  const { t, language } = useText('forms');
  const said = t('sending-file', { name: file.name, size: sizeInWords(file.size, language) });
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => focusIfLost(cancel.current), []);
  const percent = `${Math.floor(share * 100)} %`;
  return (
    <div className="uploading">
      <span role="status">
        {said}
        {isLost && `. ${t('connection-lost')}`}
      </span>
      <span aria-hidden="true">{percent}</span>
      <progress aria-label={said} value={share} max={1} />
      <button ref={cancel} type="button" onClick={onCancel}>
        {t('stop-upload')}
      </button>
    </div>
  );
};

/** Choosing and sending take each other's place, and whoever goes by the keyboard goes on from there. */
const focusIfLost = (control: HTMLElement | null): void => {
  if (document.activeElement === document.body) control?.focus({ preventScroll: true });
};
