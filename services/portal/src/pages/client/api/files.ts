import type { Problem } from '@umuhuza/contracts/problem';
import { ConnectionLost, orLost, Refused } from './answers.ts';
import { byToken, tokens } from './platform.ts';

type Upload = {
  /** Where it goes, with its name in the question. */
  readonly address: string;
  readonly file: Blob;
  /** Its Idempotency-Key: sent again with it, it is stored once. */
  readonly key: string;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};

/** Sends a file as it is. `fetch` does not tell how far it has come, so the older way is used. */
export const sendFile = async <Answer>({ address, file, key, onProgress, signal }: Upload): Promise<Answer> => {
  const token = await tokens.current();
  signal.throwIfAborted();
  const { status, body } = await new Promise<{ readonly status: number; readonly body: unknown }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('idempotency-key', key);
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) });
    request.onerror = () => reject(new ConnectionLost('no answer came'));
    request.onabort = () => reject(new DOMException('called off', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
  if (status >= 200 && status < 300) return body as Answer;
  throw new Refused(problemOf(status, body));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemOf = (status: number, body: unknown): Problem =>
  typeof body === 'object' && body !== null && 'type' in body && 'detail' in body
    ? (body as Problem)
    : { type: '/problems/unexpected-error', title: `HTTP ${status}`, status, detail: '', instance: '' };

/** Fetches a file with the token, which a plain link would not send, and hands it to the browser to be saved. */
export const saveFile = async (address: string, name: string): Promise<void> => {
  const answer = await orLost(byToken(address, { method: 'GET', headers: {} }));
  if (!answer.ok) throw new Refused(problemOf(answer.status, parsed(await orLost(answer.text()))));
  giveToSave(await orLost(answer.blob()), name);
};

/** Hands something made here to the browser to be saved. */
export const giveToSave = (content: Blob, name: string): void => {
  const href = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // Some browsers begin to read after the click has returned.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
};
