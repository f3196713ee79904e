import { describe, expect, it } from 'vitest';
import { whyAwarded, whyNobody, whyOutcome } from './because.ts';

const words = {
  t: (key: string, values?: object) => (values ? `<${key} ${Object.values(values).join(' ')}>` : `<${key}>`),
  language: 'de' as const,
};
const outcome = { lotId: 'l1', at: '2027-01-01T00:00:00.000Z', reason: 'Rank 2 of 3.' };

describe('why something was decided', () => {
  it('is said in the language of the page where the platform says it, with the buyer’s own words after it', () => {
    const lost = { ...outcome, outcome: 'lost' as const, because: 'ranking' as const, winningPoints: 91.5 };
    expect(whyOutcome(lost, words)).toBe('<because-ranking> <winning-points 91,5>');
    expect(whyOutcome({ ...lost, said: 'Es passt besser.' }, words)).toBe(
      '<because-ranking> <winning-points 91,5> Es passt besser.',
    );
    expect(whyOutcome({ ...lost, because: 'no-award', winningPoints: undefined, said: 'Zu teuer.' }, words)).toBe(
      '<because-no-award> Zu teuer.',
    );
    const won = { ...outcome, outcome: 'won' as const, because: 'passed-on' as const, how: 'withdrawn' as const };
    expect(whyOutcome(won, words)).toBe('<because-passed-on-withdrawn>');
    expect(whyAwarded({ reason: 'x', because: 'ranking', rank: 1, points: 92.5 }, words)).toBe(
      '<because-ranking> <rank-and-points 1 92,5>.',
    );
    expect(whyNobody({ ...outcome, because: 'nobody-left', how: 'declined', code: 'winner-refused' }, words)).toBe(
      '<because-nobody-left-declined>',
    );
  });

  it('is what the buyer wrote where it gave the reason, and the ground where there is a code', () => {
    expect(whyOutcome({ ...outcome, outcome: 'declined', reason: 'Keine Zeit.' }, words)).toBe('Keine Zeit.');
    expect(whyAwarded({ reason: 'It fits.' }, words)).toBe('It fits.');
    expect(whyNobody({ ...outcome, reason: 'Too dear.', code: 'over-budget' }, words)).toBe(
      '<unsuccessful-over-budget>. Too dear.',
    );
    expect(whyOutcome({ ...outcome, outcome: 'disqualified', reason: 'No plan.', code: 'incomplete' }, words)).toBe(
      '<disqualified-incomplete>. No plan.',
    );
  });
});
