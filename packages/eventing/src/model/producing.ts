import type { Answer } from '../bookDocument.ts';
import { appliedBefore, remembered } from '../memory.ts';
import type { Step } from './explore.ts';
import {
  asBook,
  type Command,
  causeOf,
  type EventId,
  eventId,
  eventsOf,
  type Guards,
  idle,
  nothingYet,
  type Replica,
  type Scene,
  type State,
} from './state.ts';

type Steps = Generator<Step<State>>;

/** What clients and the processes of the producing service may do next. */
export function* producerSteps(state: State, scene: Scene, guards: Guards): Steps {
  for (const [n, replica] of state.replicas.entries()) {
    const me = new At(state, n, replica, n < scene.relays);
    if (n < scene.handlers) yield* handlerSteps(me, scene, guards);
    if (me.relays) yield* relaySteps(me, scene, guards);
    if (replica !== idle) yield { does: `${me.name} is killed`, to: me.now(idle), fault: true };
  }
  if (scene.handlers === 0) yield* anyStream(state, scene);
}

/** A replica in its place in the state. */
class At {
  readonly name: string;
  readonly state: State;
  readonly replica: Replica;
  readonly relays: boolean;
  private readonly n: number;
  constructor(state: State, n: number, replica: Replica, relays: boolean) {
    this.name = `replica ${n + 1}`;
    this.state = state;
    this.replica = replica;
    this.n = n;
    this.relays = relays;
  }
  now(replica: Replica, change: Partial<Omit<State, 'replicas'>> = {}): State {
    const { handling, found, lane, acked, inserted } = replica;
    const idles = !handling && !found && lane.length + acked.length + inserted.length === 0;
    // Always in the same order, so that equal replicas are written alike.
    const next = idles ? idle : { handling, found, lane, acked, inserted };
    return { ...this.state, ...change, replicas: this.state.replicas.with(this.n, next) };
  }
}

/** `attempt` in `book.ts`, called by a handler on behalf of a client that repeats its command until it is told an answer. */
function* handlerSteps(me: At, { commands }: Scene, guards: Guards): Steps {
  const { state, replica } = me;
  const { document } = state;
  const { handling, ...relay } = replica;
  if (!handling) {
    for (const command of commands) {
      if (state.told[command]) continue;
      const does = `the client sends command ${command} to ${me.name}, which`;
      yield { does: `${does} reads the document`, to: me.now({ ...replica, handling: { command, read: document } }) };
      if (document.version > 0)
        yield { does: `${does} takes it for new`, to: me.now({ ...replica, handling: { command, read: nothingYet } }) };
    }
    return;
  }

  const { command, read } = handling;
  const cause = causeOf(command);
  const first = guards.causes && appliedBefore(asBook(read), cause);
  if (first) {
    const does = `${me.name} finds command ${command} applied before`;
    yield {
      does: `${does} and gives the first answer`,
      to: me.now(relay, { told: answered(state, command, (first as Answer).body as number) }),
    };
    yield { does: `${does}; its answer is lost`, to: me.now(relay), fault: true };
    return;
  }

  if (guards.version && read.version !== document.version) {
    yield {
      does: `${me.name} loses the race for command ${command} and reads again`,
      to: me.now({ ...replica, handling: { command, read: document } }),
    };
    return;
  }

  // $set of version and state from what was read; $push of outbox and commands onto what is there, since the relay's $pull leaves
  // the version alone: what was read may name events that no longer wait.
  const answer = read.facts.length + 1;
  const said = eventId(answer, command);
  const kept = remembered(cause, { answer: { status: 201, body: answer } });
  const written = {
    version: read.version + 1,
    facts: [...read.facts, command],
    outbox: [...document.outbox, said],
    commands: kept ? [...document.commands, kept] : document.commands,
  };
  const announced = me.relays ? { ...relay, ...enqueued(relay, guards.announcesAll ? [...read.outbox, said] : [said]) } : relay;
  const told = answered(state, command, answer);
  const does = `${me.name} writes the fact of command ${command} with event ${said}`;
  yield { does: `${does}, announces it and answers`, to: me.now(announced, { document: written, told }) };
  yield { does: `${does} and answers; its relay is too busy to be told`, to: me.now(relay, { document: written, told }) };
  yield { does: `${does} and announces it; the answer is lost`, to: me.now(announced, { document: written }), fault: true };
}

const answered = ({ told }: State, command: Command, answer: number): State['told'] =>
  Object.fromEntries(Object.entries({ ...told, [command]: answer }).sort());

/** `enqueue` in `relay.ts`: what is under way is not taken twice. */
const enqueued = ({ lane, acked, inserted }: Replica, events: readonly EventId[]): { lane: readonly EventId[] } => ({
  lane: [...lane, ...events.filter((event) => ![...lane, ...acked, ...inserted].includes(event))],
});

/** `sweep`, `send` and `move` in `relay.ts`, with `waiting` and `sent` of `outbox.ts`. */
function* relaySteps(me: At, scene: Scene, guards: Guards): Steps {
  const { state, replica } = me;
  const { document, sent } = state;
  const { lane, acked, inserted, found } = replica;

  if (found) {
    const { found: _, ...rest } = replica;
    yield { does: `${me.name} takes up what its sweep found`, to: me.now({ ...rest, ...enqueued(rest, found) }) };
  } else if (guards.sweeps && document.outbox.length > 0) {
    // It also reads what is under way, and may take it up again once that has ended; by itself such a look is no progress.
    const nothingNew = enqueued(replica, document.outbox).lane.length === lane.length;
    const fault = nothingNew ? { fault: true as const } : {};
    if (!nothingNew || scene.staleSweeps)
      yield { does: `the sweep of ${me.name} reads the outbox`, to: me.now({ ...replica, found: document.outbox }), ...fault };
  }

  yield* publishSteps(me, scene, guards);

  const movable = guards.ackBeforeMove ? acked : [...acked, ...lane.filter((event) => document.outbox.includes(event))];
  const kept = (events: readonly EventId[]) => ({ sent: [...new Set([...sent, ...events])].sort() });
  const pulled = (events: readonly EventId[]) => ({
    document: { ...document, outbox: document.outbox.filter((event) => !events.includes(event)) },
  });
  const [first, then] = guards.insertBeforePull ? [kept, pulled] : [pulled, kept];
  const [firstDoes, thenDoes] = guards.insertBeforePull ? inserts : [...inserts].reverse();
  if (inserted.length === 0)
    // Any first part: what is acknowledged while a move is under way waits for the next.
    for (const [last] of movable.entries()) {
      const batch = movable.slice(0, last + 1);
      const rest = { ...replica, acked: acked.slice(last + 1) };
      yield { does: `${me.name} ${firstDoes} ${batch.join(', ')}`, to: me.now({ ...rest, inserted: batch }, first(batch)) };
      if (last < acked.length) yield { does: `${me.name} cannot move ${batch.join(', ')}`, to: me.now(rest), fault: true };
    }
  if (inserted.length > 0) {
    yield { does: `${me.name} ${thenDoes} ${inserted.join(', ')}`, to: me.now({ ...replica, inserted: [] }, then(inserted)) };
    yield { does: `${me.name} cannot move ${inserted.join(', ')}`, to: me.now({ ...replica, inserted: [] }), fault: true };
  }
}
const inserts = ['inserts into events:', 'pulls from the outbox:'] as const;

/**
 * `publish` in `streamKeeper.ts`, and what the broker makes of it. A publish that a killed process or a cut connection left on its way needs
 * no step of its own: it arrives as that of another replica that had read the same outbox.
 */
function* publishSteps(me: At, { copies }: Scene, guards: Guards): Steps {
  const { stream } = me.state;
  const [event, ...rest] = me.replica.lane;
  if (event === undefined) return;
  const published = { ...me.replica, lane: rest, acked: [...me.replica.acked, event] };
  const failed = { ...me.replica, lane: guards.oneByOne ? [] : rest };
  const does = `${me.name} publishes ${event}`;

  const held = stream.filter((other) => other === event).length;
  const bound = guards.messageId ? copies : Math.max(copies, 2);
  if (held > 0 && (guards.messageId || held >= bound))
    yield { does: `${does}; the broker drops the copy and acknowledges`, to: me.now(published) };
  if (held === 0 || (held < bound && (!guards.messageId || copies > 1))) {
    const stored = { stream: [...stream, event] };
    // A copy is no progress: it takes a duplicate window that has passed.
    const fault = held > 0 && guards.messageId ? { fault: true as const } : {};
    yield { does: `${does}; the broker stores and acknowledges it`, to: me.now(published, stored), ...fault };
    yield { does: `${does}; the broker stores it, but the ack is lost`, to: me.now(failed, stored), fault: true };
  }
  yield { does: `${does}; it is lost on the way`, to: me.now(failed), fault: true };
}

/**
 * Instead of replicas: the next event, or a copy of an earlier one. That the relays bring about no other stream is what the scenes
 * with replicas show.
 */
function* anyStream(state: State, { copies }: Scene): Steps {
  for (const event of eventsOf(state.document)) {
    const held = state.stream.filter((other) => other === event).length;
    const to = { ...state, stream: [...state.stream, event] };
    if (held === 0) {
      yield { does: `event ${event} comes into the stream`, to };
      return;
    }
    if (held < copies) yield { does: `a copy of event ${event} comes into the stream`, to, fault: true };
  }
}
