import { describe, expect, it } from 'vitest';
import { explore, getsStuck, goesRound, inWords, type Step } from './explore.ts';

const graph = (ways: Record<string, readonly Step<string>[]>, wrong: readonly string[] = []) =>
  explore({
    initial: 'start',
    steps: (state: string) => ways[state] ?? [],
    keyOf: (state) => state,
    invariants: { 'nothing is wrong': (state) => !wrong.includes(state) },
    quiet: (state) => state === 'end',
    sights: { 'the end': (state) => state === 'end' },
  });
const to = (state: string, fault?: true): Step<string> => ({ does: `goes to ${state}`, to: state, ...(fault && { fault }) });

describe('the explorer', () => {
  it('visits every state once, whichever way leads to it', () =>
    expect(graph({ start: [to('left'), to('right')], left: [to('end')], right: [to('end')] })).toEqual({
      states: 4,
      steps: 4,
      quiet: 1,
      seen: ['the end'],
    }));

  it('tells a shortest way to what is wrong', () =>
    expect(
      inWords(
        graph({ start: [to('left'), to('right')], left: [to('far')], far: [to('wrong')], right: [to('wrong')] }, ['wrong']),
      ),
    ).toBe('1. goes to right\n2. goes to wrong\nThen no longer true: nothing is wrong.'));

  it('finds a state from which nothing leads on', () =>
    expect(graph({ start: [to('end'), to('left')] }).violation).toEqual({ broken: getsStuck, trace: ['goes to left'] }));

  it('does not take a further fault for a way out', () =>
    expect(graph({ start: [to('left')], left: [to('end', true)] }).violation?.broken).toBe(getsStuck));

  it('finds a circle that no fault has to keep going', () =>
    expect(graph({ start: [to('left')], left: [to('right')], right: [to('left'), to('end')] }).violation).toEqual({
      broken: goesRound,
      trace: ['goes to left'],
    }));

  it('allows a circle through a fault, since faults stop', () =>
    expect(graph({ start: [to('left')], left: [to('end'), to('start', true)] }).violation).toBeUndefined());
});
