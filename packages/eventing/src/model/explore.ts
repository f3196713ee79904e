/** One thing that can happen next. `fault` marks what nothing relies on: crashes, losses, forgetting. All else is progress. */
export type Step<State> = { readonly does: string; readonly to: State; readonly fault?: true };

export type Model<State> = {
  readonly initial: State;
  readonly steps: (state: State) => Iterable<Step<State>>;
  /** Equal for states that need not be told apart: equal ones, and those that differ only in the numbering of equal actors. */
  readonly keyOf: (state: State) => string;
  /** By the sentence each of them stands for; each must hold in every state. */
  readonly invariants: Readonly<Record<string, (state: State) => boolean>>;
  /** Nothing is under way and nothing is left to do. */
  readonly quiet: (state: State) => boolean;
  /** Situations that must come up somewhere, or the model proves less than it seems to. */
  readonly sights?: Readonly<Record<string, (state: State) => boolean>>;
};

export type Explored = {
  readonly states: number;
  readonly steps: number;
  readonly quiet: number;
  readonly seen: readonly string[];
  /** The first invariant found broken, with a shortest way to it. */
  readonly violation?: { readonly broken: string; readonly trace: readonly string[] };
};

export const getsStuck = 'whatever has happened, once the faults stop something goes on until all is quiet';
export const goesRound = 'whatever has happened, once the faults stop nothing goes on for ever';

/**
 * Visits every state that can be reached, nearest first, and stops at the first broken invariant.
 *
 * Liveness: where every state that is not quiet has a step of progress, and steps of progress never lead in a circle, each way on
 * without further faults ends in a quiet state. That is more than a quiet state being reachable.
 */
export const explore = <State>({ initial, steps, keyOf, invariants, quiet, sights = {} }: Model<State>): Explored => {
  const states: State[] = [initial];
  const cameFrom: number[] = [-1];
  const did: string[] = [''];
  const numbers = new Map([[keyOf(initial), 0]]);
  const progress: number[][] = [];
  const rules = Object.entries(invariants);
  const unseen = new Map(Object.entries(sights));
  const seen = new Set<string>();
  let stepped = 0;
  let quietStates = 0;

  const ended = (broken?: string, at = 0): Explored => ({
    states: states.length,
    steps: stepped,
    quiet: quietStates,
    seen: [...seen],
    ...(broken === undefined ? {} : { violation: { broken, trace: wayTo(at) } }),
  });
  const wayTo = (at: number): string[] => {
    const way: string[] = [];
    for (let n = at; n > 0; n = cameFrom[n] as number) way.unshift(did[n] as string);
    return way;
  };

  for (let n = 0; n < states.length; n++) {
    const state = states[n] as State;
    for (const [sentence, holds] of rules) if (!holds(state)) return ended(sentence, n);
    for (const [sight, comes] of unseen)
      if (comes(state)) {
        seen.add(sight);
        unseen.delete(sight);
      }

    const onward: number[] = [];
    for (const { does, to, fault } of steps(state)) {
      stepped += 1;
      const key = keyOf(to);
      let number = numbers.get(key);
      if (number === undefined) {
        number = states.length;
        numbers.set(key, number);
        states.push(to);
        cameFrom.push(n);
        did.push(does);
      }
      if (!fault) onward.push(number);
    }
    if (quiet(state)) quietStates += 1;
    else if (onward.length === 0) return ended(getsStuck, n);
    progress.push(onward);
  }

  const circle = inCircle(progress);
  return circle === undefined ? ended() : ended(goesRound, circle);
};

/** The first node that is on a circle or behind one; undefined when there is no circle. */
const inCircle = (onward: readonly (readonly number[])[]): number | undefined => {
  const coming = new Int32Array(onward.length);
  for (const targets of onward) for (const target of targets) coming[target] = (coming[target] as number) + 1;
  const free = onward.flatMap((_, n) => (coming[n] === 0 ? [n] : []));
  const left = new Set(onward.keys());
  for (let n = free.pop(); n !== undefined; n = free.pop()) {
    left.delete(n);
    for (const target of onward[n] ?? []) {
      coming[target] = (coming[target] as number) - 1;
      if (coming[target] === 0) free.push(target);
    }
  }
  return left.values().next().value;
};

/** A violation as a person reads it. */
export const inWords = ({ states, violation }: Explored): string =>
  violation
    ? [...violation.trace.map((does, n) => `${n + 1}. ${does}`), `Then no longer true: ${violation.broken}.`].join('\n')
    : `${states} states, none of them wrong.`;
