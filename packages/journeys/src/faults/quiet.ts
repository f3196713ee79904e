import type { Eyes } from './observe.ts';

export type Quiet = {
  /** Milliseconds from the call until nothing was under way. */
  readonly after: number;
  /** Deliveries beyond the first of each message, over all consumers since they were made. */
  readonly redelivered: number;
};

/** The system did not come to rest; the message says what was still under way. */
export class NotQuiet extends Error {
  override readonly name = 'NotQuiet';
}

const every = 100;

/**
 * Waits until all outboxes are empty and no consumer has anything before it, seen twice in a row. `throwing` tells how many messages
 * of a stream are known to be refused again and again: those stay pending until their last try.
 */
export const untilQuiet = async (
  eyes: Pick<Eyes, 'consumers' | 'waiting'>,
  { within, throwing }: { readonly within: number; readonly throwing: (stream: string) => number },
): Promise<Quiet> => {
  const begun = performance.now();
  let quietSince: number | undefined;
  let last = 'nothing could be seen';
  for (;;) {
    const at = performance.now();
    try {
      const consumers = await eyes.consumers();
      const waiting = await eyes.waiting();
      const busy = consumers.filter(
        ({ stream_name, num_pending, num_ack_pending }) => num_pending > 0 || num_ack_pending > throwing(stream_name),
      );
      last = [
        `${waiting} events wait in outboxes`,
        ...busy.map(
          ({ name, stream_name, num_pending, num_ack_pending }) =>
            `${name} on ${stream_name}: ${num_pending} pending, ${num_ack_pending} under way`,
        ),
      ].join('; ');
      if (waiting > 0 || busy.length > 0) quietSince = undefined;
      else if (quietSince === undefined) quietSince = at;
      else {
        const redelivered = consumers.reduce(
          (sum, { delivered }) => sum + Math.max(0, delivered.consumer_seq - delivered.stream_seq),
          0,
        );
        return { after: quietSince - begun, redelivered };
      }
    } catch (error) {
      // A server that is just coming back; what cannot be seen is not quiet.
      quietSince = undefined;
      last = `it cannot be seen: ${(error as Error).message}`;
    }
    if (performance.now() - begun > within) throw new NotQuiet(`not quiet after ${within / 1_000} s: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
};
