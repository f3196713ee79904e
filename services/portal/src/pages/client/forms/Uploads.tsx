import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useRef, useState } from 'react';
import { ConnectionLost } from '../api/answers.ts';
import { newKey } from '../api/key.ts';
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
  const leaving = useRef<AbortController>(undefined);
  const sending = useMutation({
    mutationFn: ({ file, key }: { readonly file: File; readonly key: string }) => {
      leaving.current = new AbortController();
      return send(file, key, setShare, leaving.current.signal);
    },
    retry: (_, error) => error instanceof ConnectionLost && leaving.current?.signal.aborted !== true,
    retryDelay: (failures) => Math.min(15_000, 1_000 * 2 ** failures),
  });
  const removing = useMutation({ mutationFn: async (document: Document) => remove?.(document) });
  const saving = useMutation({ mutationFn: async (document: Document) => save?.(document) });
  const failure = [sending, removing, saving].find(({ error }) => error && error.name !== 'AbortError')?.error;
  const choose = (file: File | undefined) => {
    setTooLarge(undefined);
    if (!file) return;
    if (file.size > mostBytes) return setTooLarge(file.name);
    setShare(0);
    sending.mutate({ file, key: newKey() });
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
            <li key={document.id}>
              <div className="line-head whole">
                <button type="button" className="plain file" disabled={saving.isPending} onClick={() => saving.mutate(document)}>
                  {document.name}
                </button>
                <span className="row-actions">
                  <span className="quiet">{sizeInWords(document.size, language)}</span>
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
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {documents.length < most && !sending.isPending && (
        <input
          id={id}
          type="file"
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      )}
      {sending.isPending && (
        <div className="uploading" role="status">
          <span>
            {t('uploading', { name: sending.variables.file.name, percent: Math.floor(share * 100) })}
            {sending.failureReason instanceof ConnectionLost && ` ${t('connection-lost')}`}
          </span>
          <progress
            aria-label={t('uploading', { name: sending.variables.file.name, percent: Math.floor(share * 100) })}
            value={share}
            max={1}
          />
          <button type="button" className="plain" onClick={() => leaving.current?.abort()}>
            {t('stop-upload')}
          </button>
        </div>
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
