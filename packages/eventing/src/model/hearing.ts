import type { EventCause } from '../cause.ts';
import { appliedAfter, appliedBefore } from '../memory.ts';
import type { Step } from './explore.ts';
import {
  asBook,
  causedBy,
  type EventId,
  type Guards,
  type Hand,
  type Scene,
  type State,
  type Subscriber,
  type SubscriberDocument,
} from './state.ts';

type Steps = Generator<Step<State>>;

/** What the consumers and the subscribing services may do next. */
export function* subscriberSteps(state: State, { parks }: Scene, guards: Guards): Steps {
  for (const [n, subscriber] of state.subscribers.entries()) {
    const name = `subscriber ${n + 1}`;
    const now = (change: Partial<Subscriber>): State => ({
      ...state,
      subscribers: state.subscribers.with(n, { ...subscriber, ...change }),
    });
    for (const w of subscriber.workers.keys()) {
      const worker = subscriber.workers.length > 1 ? `worker ${w + 1} of ${name}` : name;
      yield* workerSteps(state, subscriber, w, worker, now, { ...guards, parks });
    }
    for (const position of subscriber.acked)
      yield {
        does: `the broker forgets that ${name} acknowledged message ${position + 1}`,
        to: now({ acked: subscriber.acked.filter((other) => other !== position) }),
        fault: true,
      };
  }
}

/** `hearWith` in `hear.ts` around `attempt` of the subscriber's own book. */
function* workerSteps(
  { stream }: State,
  subscriber: Subscriber,
  w: number,
  name: string,
  now: (change: Partial<Subscriber>) => State,
  guards: Guards & Pick<Scene, 'parks'>,
): Steps {
  const { document, acked, parked, workers } = subscriber;
  const hand = workers[w];
  const holding = (next: Hand | null) => ({ workers: workers.with(w, next) });
  const acknowledged = (position: number) => ({ acked: [...new Set([...acked, position])].sort() });

  // In any order and to several at once: after a nak, an ack_wait that passed or a restart, that is what JetStream does.
  if (!hand) {
    for (const [position, event] of stream.entries())
      if (!acked.includes(position))
        yield {
          does: `${name} is given message ${position + 1} (event ${event}) and reads its document`,
          to: now({ ...holding({ position, read: document }), ...(guards.applyBeforeAck ? {} : acknowledged(position)) }),
        };
    for (const position of parked)
      yield {
        does: `${name} takes up parked message ${position + 1} and reads its document`,
        to: now(holding({ position, read: document, parked: true })),
      };
    return;
  }

  const { position, read, thrown, parked: isParked } = hand;
  const event = stream[position] as EventId;
  const fails = read
    ? `is killed or throws over event ${event}`
    : `is killed before it acknowledges event ${event}, or the ack is lost`;
  yield { does: `${name} ${fails}`, to: now(holding(null)), fault: true };
  if (thrown) {
    yield {
      does: `${name} parks message ${position + 1}`,
      to: now({
        ...holding(guards.parkBeforeAck ? { position, read: null } : null),
        parked: [...new Set([...parked, position])].sort(),
      }),
    };
    return;
  }
  if (read && guards.parks && !isParked)
    yield {
      does: `the reaction of ${name} to event ${event} throws`,
      to: now({
        ...holding({ position, read, thrown: true }),
        ...(guards.parkBeforeAck ? {} : acknowledged(position)),
      }),
      fault: true,
    };
  if (!read && isParked) {
    yield {
      does: `${name} lets parked message ${position + 1} go`,
      to: now({ ...holding(null), parked: parked.filter((other) => other !== position) }),
    };
    return;
  }
  if (!read) {
    yield {
      does: `${name} acknowledges message ${position + 1}`,
      to: now({ ...holding(null), ...acknowledged(position) }),
    };
    return;
  }
  const cause = causedBy(event);
  if (appliedBefore(asBook(read), cause))
    yield { does: `${name} finds event ${event} applied before`, to: now(holding({ ...hand, read: null })) };
  else if (guards.version && read.version !== document.version)
    yield { does: `${name} loses the race over event ${event} and reads again`, to: now(holding({ ...hand, read: document })) };
  else
    yield {
      does: `${name} writes the effect of event ${event}`,
      to: now({
        ...holding({ ...hand, read: null }),
        document: {
          version: read.version + 1,
          effects: [...read.effects, event],
          applied: remember(read.applied, cause, guards),
        },
      }),
    };
}

/** `appliedAfter` in `memory.ts`, and two poorer ways to remember. */
const remember = (
  applied: SubscriberDocument['applied'],
  cause: EventCause,
  { memory }: Guards,
): SubscriberDocument['applied'] => {
  switch (memory) {
    case 'set':
      return appliedAfter(applied, cause);
    case 'highest': {
      const highest = Math.max(cause.sequence, ...applied.flatMap(({ sequences }) => sequences));
      return [{ aggregate: cause.aggregate, sequences: [1, highest] }];
    }
    case 'none':
      return [];
  }
};
