import type { JetStreamManager, MsgRequest, NextMsgRequest, StoredMsg } from '@nats-io/jetstream';
import type { Envelope } from '@umuhuza/contracts/event';

/** Milliseconds by which the clocks of a service and its broker may differ. */
const clocksDiffer = 60_000;

/**
 * The place at which the stream holds this event; undefined when it does not. What the broker has forgotten it would store a second
 * time, so whoever sends an event that is older than the duplicate window asks first. Mostly the last message with its subject tells;
 * only where that came after the event are those before it looked at.
 */
export const placeInStream = async (
  jsm: Pick<JetStreamManager, 'streams'>,
  stream: string,
  subject: string,
  { id, time }: Pick<Envelope, 'id' | 'time'>,
): Promise<number | undefined> => {
  // The client's type leaves out a question that servers answer since 2.9.
  const find = (which: MsgRequest | NextMsgRequest) => jsm.streams.getMessage(stream, which as MsgRequest);
  const isIt = (message: StoredMsg) => message.header.get('Nats-Msg-Id') === id;
  const last = await find({ last_by_subj: subject });
  if (!last || last.time.getTime() < Date.parse(time) - clocksDiffer) return undefined;
  if (isIt(last)) return last.seq;
  for (let seq = 1; seq < last.seq; ) {
    const message = await find({ seq, next_by_subj: subject });
    if (!message) return undefined;
    if (isIt(message)) return message.seq;
    seq = message.seq + 1;
  }
  return undefined;
};
