import { expect } from 'vitest';

type Refused = { readonly refused: string; readonly detail?: string };
type Decision = readonly unknown[] | Refused;

/** Grammar of the decision specs: given a state, when a decision hears a command, then facts, nothing, or a named refusal. */
export const given = <State>(state: State) => ({
  when: <const Command>(decide: (state: State, command: Command) => Decision, command: Command) => {
    const decision = decide(state, command);
    return {
      /** Exactly these facts, in this order. */
      // biome-ignore lint/suspicious/noThenProperty: the grammar's own word; it is called, never awaited
      then: (...facts: readonly unknown[]) => {
        expect(decision).toEqual(facts);
      },
      /** The rule stays quiet: told again, or nothing to do. */
      thenNothing: () => {
        expect(decision).toEqual([]);
      },
      thenRefused: (refusal: string) => {
        expect(decision).toMatchObject({ refused: refusal });
      },
      /** What the decision led to, for specs of what follows. */
      decision,
    };
  },
});

/** The state after these facts; for setting a scene by what happened rather than by hand. */
export const after = <State, Fact>(initial: State, evolve: (state: State, fact: Fact) => State, facts: readonly Fact[]): State =>
  facts.reduce(evolve, initial);
