import { createParser, type EventSourceMessage } from 'eventsource-parser';

export type StreamEvent = { readonly event: string; readonly data: unknown };

export type InboxStream = {
  /** Opens the stream after the event with this id; a refusal settles with its status, a lost connection throws. */
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: StreamEvent) => void;
  /** The place in the stream is not known any more: the list is read anew, and its position is the new place. */
  readonly onLostPlace: () => Promise<string | undefined>;
  readonly signal: AbortSignal;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Milliseconds of silence after which a stream that sends signs of life counts as dead. */
const silence = 90_000;

/** Follows the stream until it is called off: what was missed while it was away comes after it is back. */
export const followInbox = async (from: string | undefined, stream: InboxStream): Promise<void> => {
  const { open, onEvent, onLostPlace, signal, wait } = stream;
  let place = from;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const answer = await open(place, signal);
      if (answer.ok && answer.body) {
        failures = 0;
        place = await readEvents(answer.body, place, onEvent, signal);
      } else if (answer.status === 400 || answer.status === 404 || answer.status === 422) {
        place = await onLostPlace();
        failures += 1;
      } else {
        failures += 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Error)) throw error;
      failures += 1;
    }
    if (!signal.aborted) await wait(pauseAfter(failures));
  }
};

/** 1, 2, 4 … 30 seconds, spread so that a restarted service is not met by everybody at once. */
const pauseAfter = (failures: number): number => Math.min(30_000, 1_000 * 2 ** failures) * (0.75 + Math.random() / 2);

/** Reads until the stream ends, and settles with the id of the last event. */
const readEvents = async (
  body: ReadableStream<Uint8Array>,
  from: string | undefined,
  onEvent: (event: StreamEvent) => void,
  signal: AbortSignal,
): Promise<string | undefined> => {
  let place = from;
  const parser = createParser({
    onEvent: (message: EventSourceMessage) => {
      if (message.id !== undefined) place = message.id;
      onEvent({ event: message.event ?? 'message', data: readJson(message.data) });
    },
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const giveUp = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', giveUp, { once: true });
  let overdue = setTimeout(giveUp, silence);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return place;
      clearTimeout(overdue);
      overdue = setTimeout(giveUp, silence);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    // The line broke; what was read counts, and the next try goes on from there.
    if (signal.aborted || error instanceof TypeError) return place;
    throw error;
  } finally {
    clearTimeout(overdue);
    signal.removeEventListener('abort', giveUp);
  }
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
