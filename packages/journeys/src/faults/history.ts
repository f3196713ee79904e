import type { Envelope } from '@umuhuza/contracts/event';

/** What a client was told: the status, a digest of the body that tells two answers apart, and the problem's name where it is one. */
export type Told = { readonly status: number; readonly body: string; readonly problem?: string };

/** Which version of a bid was taken, as its receipt says. */
export type Receipt = { readonly version: number; readonly digest: string; readonly submittedAt: string };

/** One command with everything its client saw. */
export type Command = {
  readonly n: number;
  readonly at: string;
  readonly what: string;
  readonly organisation: string;
  readonly key: string;
  /** What its effect is counted by. Commands that name the same effect bring it about once between them. */
  readonly effect: string;
  /** The aggregate it is about, once that is known. */
  readonly about?: string;
  readonly tries: number;
  /** Answers until the client was satisfied; twins that were sent together included. Outages are no answers. */
  readonly told: readonly Told[];
  /** Answers to requests sent again after an acknowledgement. */
  readonly toldAgain: readonly Told[];
  /** The answer to a request sent again at the end of the run, after every process was started anew. */
  readonly toldLater?: Told;
  readonly receipt?: Receipt;
};

export type Outcome = 'acknowledged' | 'refused' | 'unanswered';

export const isAcknowledgement = ({ status }: Told): boolean => status >= 200 && status < 300;

export const outcomeOf = ({ told }: Pick<Command, 'told'>): Outcome =>
  told.length === 0 ? 'unanswered' : told.some(isAcknowledgement) ? 'acknowledged' : 'refused';

/** A message that was put in the way of the subscribers of a stream. */
export type Poison = {
  /** Stands in its bytes, so that it is found again even when the publisher never got its answer. */
  readonly mark: string;
  readonly stream: string;
  /** `malformed` must be a dead letter at once, at each subscriber; `throwing` makes a reaction throw at each try, up to the last one. */
  readonly kind: 'malformed' | 'throwing';
  /** The subscribers at which it throws; the others have no use for it. */
  readonly throwsAt?: readonly string[];
};

/** A message as the stream holds it; `envelope` where it is an event and not a poison. */
export type Message = {
  readonly seq: number;
  readonly subject: string;
  readonly text: string;
  readonly poison?: Poison;
  readonly envelope?: Envelope;
};

export type Stream = { readonly name: string; readonly subscribers: readonly string[]; readonly messages: readonly Message[] };

export type Document = { readonly _id: string } & Readonly<Record<string, unknown>>;

/** Everything the checker judges by: what clients were told, and what every service and every stream holds afterwards. */
export type History = {
  readonly commands: readonly Command[];
  readonly poisons: readonly Poison[];
  readonly streams: readonly Stream[];
  /** The owners of sealed bids, by the event that takes these their worth. */
  readonly owners?: Readonly<Record<string, readonly string[]>>;
  /** By service, then by collection. */
  readonly databases: Readonly<Record<string, Readonly<Record<string, readonly Document[]>>>>;
};

/** A rule that does not hold; `about` names the aggregate whose history tells how it came. */
export type Violation = { readonly rule: string; readonly says: string; readonly about?: string };

export type Rule = (history: History) => readonly Violation[];

export const collection = ({ databases }: History, service: string, name: string): readonly Document[] =>
  databases[service]?.[name] ?? [];

export const streamOf = ({ streams }: History, service: string): Stream | undefined =>
  streams.find(({ name }) => name === service.toUpperCase());

/** Every event on every stream, poisons left out. */
export const eventsOf = (history: History, service?: string): Envelope[] =>
  history.streams
    .filter(({ name }) => service === undefined || name === service.toUpperCase())
    .flatMap(({ messages }) => messages.flatMap(({ envelope }) => (envelope ? [envelope] : [])));

/** `umuhuza.tenders.TenderPublished.v1` → `tenders.TenderPublished` */
export const nameOf = ({ type }: Envelope): string => type.split('.').slice(1, 3).join('.');

/** A book's document, as the kernel writes it. */
export type Page = Document & {
  readonly state: unknown;
  readonly sequence: number;
  readonly outbox: readonly Envelope[];
  readonly applied: readonly { readonly aggregate: string; readonly sequences: readonly number[] }[];
};

export const isPage = (document: Document): document is Page => Array.isArray(document.outbox) && Array.isArray(document.applied);

export const pagesOf = (history: History, service: string): Page[] =>
  Object.values(history.databases[service] ?? {}).flatMap((documents) => documents.filter(isPage));
