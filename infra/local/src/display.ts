import { relative } from 'node:path';
import type { PartEvent } from './system.ts';
import { type External, mailDirectory, type PartName } from './topology.ts';

export type Row = {
  readonly state: 'waiting' | PartEvent['state'];
  readonly detail?: string;
  /** Milliseconds since the start of the system at which its start began and ended. */
  readonly beganAt?: number;
  readonly readyAt?: number;
};
export type Rows = Readonly<Partial<Record<PartName, Row>>>;

/** The checklist after an event at `at` milliseconds. */
export const noteEvent = (rows: Rows, { part, state, detail }: PartEvent, at: number): Rows => {
  const before = rows[part];
  const beganAt = before?.beganAt ?? at;
  const words = detail === undefined ? {} : { detail };
  return { ...rows, [part]: { state, beganAt, ...words, ...(state === 'ready' ? { readyAt: at } : {}) } };
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const marks = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

const markOf = ({ state }: Row, frame: number): string => {
  if (state === 'ready') return '✓';
  if (state === 'failed' || state === 'exited') return '✗';
  return state === 'starting' ? (marks[frame % marks.length] ?? '·') : '·';
};

const wordsOf = ({ state, detail, beganAt = 0, readyAt = 0 }: Row): string => {
  if (state === 'ready') return seconds(readyAt - beganAt);
  return detail === undefined ? state : `${state}: ${detail}`;
};

/** The live checklist, a line a part, none wider than the terminal. */
export const checklist = (parts: readonly PartName[], rows: Rows, frame: number, width: number): string[] =>
  parts.map((part) => {
    const row = rows[part] ?? { state: 'waiting' };
    return `  ${markOf(row, frame)} ${part.padEnd(14)} ${wordsOf(row)}`.slice(0, Math.max(width - 1, 20));
  });

/** One event as a line of its own, `at` milliseconds after the start if that is still under way; undefined for what is no news. */
export const eventLine = ({ part, state, detail, againInMs }: PartEvent, at?: number): string | undefined => {
  switch (state) {
    case 'starting':
      return part === 'nats' && detail?.includes('nstall') ? `${part}: ${detail}` : undefined;
    case 'ready':
      return at === undefined ? `${part} is ready again` : `${part} is ready (${seconds(at)})`;
    case 'failed':
      return undefined; // Told by the error that ends the start.
    case 'exited':
      return `${part} ${detail ?? 'ended'}; starting it again in ${seconds(againInMs ?? 0)}`;
    case 'stopped':
      return at === undefined ? `${part} stopped` : undefined; // While starting, the reason is what counts.
  }
};

type Welcome = {
  readonly url: string;
  readonly tookMs: number;
  readonly setupLink: string | undefined;
  readonly dataDir: string;
  readonly external: External;
  readonly workingDirectory: string;
};

/** What a person needs to know once all is up. */
export const welcome = ({ url, tookMs, setupLink, dataDir, external, workingDirectory }: Welcome): string[] => {
  const near = (path: string) => {
    const short = relative(workingDirectory, path);
    return short === '' || short.startsWith('..') ? path : short;
  };
  return [
    '',
    `Umuhuza is ready after ${seconds(tookMs)}:  ${url}`,
    '',
    ...(setupLink === undefined
      ? []
      : ['This one-time link makes the programme office’s account. It works until that account exists:', `  ${setupLink}`, '']),
    external.smtpUrl === undefined
      ? `E-mails are written to ${near(mailDirectory(dataDir))} (set SMTP_URL to send them).`
      : `E-mails are sent through ${withoutPassword(external.smtpUrl)}.`,
    `The data is in ${near(dataDir)}, the logs in ${near(`${dataDir}/logs`)}. Press Ctrl-C to stop.`,
  ];
};

const withoutPassword = (address: string): string => {
  const url = new URL(address);
  url.password = '';
  url.username = '';
  return url.href;
};
