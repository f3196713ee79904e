import { describe, expect, it } from 'vitest';
import { failingsOf, type Shown } from './verdict.ts';

const rolled = { requests: 900, seconds: 3, firstTries: {}, sentAgain: 2, failed: 0, longest: 80, handovers: {} };
const sound: Shown = {
  commands: 2_000,
  commandsAsked: 2_000,
  acknowledged: 1_400,
  askedLater: 90,
  kills: 20,
  killsAsked: 20,
  troubles: { freeze: 5, cut: 5 },
  troublesAsked: 10,
  quietAfter: 3_000,
  lettersWrong: [],
  replays: { 'full replay': { differences: [] } },
  rolled,
  rollingAsked: 300,
  violations: [],
};

describe('a run', () => {
  it('has shown what it must when everything held and enough was tried', () => expect(failingsOf(sound)).toEqual([]));
  it.each<[string, Partial<Shown>]>([
    ['a rule was violated', { violations: [{ rule: 'a rule', says: 'it does not hold' }] }],
    ['hearing everything again changed something', { replays: { 'full replay': { differences: ['one'] } } }],
    ['an operator could not go through the dead letters', { lettersWrong: ['dead-letters list ended with 1'] }],
    ['few commands were acknowledged', { acknowledged: 999 }],
    ['fewer commands were sent than asked', { commandsAsked: 2_001 }],
    ['nothing was sent', { commands: 0, commandsAsked: 0, acknowledged: 0 }],
    ['there were fewer kills than asked', { kills: 19 }],
    ['nothing was sent again at the end', { askedLater: 0 }],
    ['there were fewer troubles than asked', { troubles: { freeze: 5, cut: 4 } }],
    ['it came to rest late', { quietAfter: 5_001 }],
    ['too little was asked under the rolling restart', { rolled: { ...rolled, requests: 800 } }],
    ['a request failed for good under the rolling restart', { rolled: { ...rolled, failed: 1 } }],
    ['many requests were cut under the rolling restart', { rolled: { ...rolled, sentAgain: 10 } }],
    ['a request needed a second try under the rolling restart', { rolled: { ...rolled, firstTries: { '503': 1 } } }],
  ])('fails when %s', (_what, some) => expect(failingsOf({ ...sound, ...some })).toHaveLength(1));
});
