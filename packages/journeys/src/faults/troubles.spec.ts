import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { type TroubleOptions, troubleAtRandom } from './troubles.ts';

const fake = (some: Partial<TroubleOptions> = {}) => {
  const happened: string[] = [];
  const line = (name: string) => ({
    cut: () => {
      happened.push(`cut ${name}`);
      return 1;
    },
    slowDown: (ms: number) => void happened.push(ms > 0 ? `slow ${name}` : `fast ${name}`),
  });
  const options: TroubleOptions = {
    system: { parts: ['nats', 'mongo', 'tenders'], pidOf: (part) => part.length },
    eyes: {
      consumers: async () => [{ stream_name: 'TENDERS', name: 'matching' }],
      jsm: { consumers: { delete: async (stream, name) => Boolean(happened.push(`forget ${name} on ${stream}`)) } },
    },
    lines: [line('nats'), line('mongo')],
    random: randomFrom('a seed'),
    troubles: 8,
    progress: () => 1,
    signal: (pid, signal) => void happened.push(`${signal} ${pid}`),
    longest: 1_001,
    ...some,
  };
  return { happened, troubling: troubleAtRandom(options) };
};

describe('troubles', () => {
  it('of each kind happen as often as asked, and none outlasts the run', async () => {
    const { happened, troubling } = fake();
    await troubling.done;
    expect(troubling.made).toEqual({ freeze: 2, forget: 2, cut: 2, slow: 2 });
    const times = (what: string) => happened.filter((one) => one.startsWith(what)).length;
    expect(times('SIGSTOP')).toBe(2);
    expect(times('SIGCONT')).toBe(2);
    expect(times('slow')).toBe(times('fast'));
    expect(happened).toContain('forget matching on TENDERS');
  });
  it('forget consumers early, so that at its end nobody hears a whole stream again', async () => {
    let done = 0.6;
    const { troubling } = fake({ troubles: 80, progress: () => done });
    while (troubling.made.forget < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(troubling.made.freeze).toBeLessThan(20);
    done = 1;
    await troubling.done;
    expect(troubling.made).toEqual({ freeze: 20, forget: 20, cut: 20, slow: 20 });
  });
  it('end with the run: what is frozen goes on at once', async () => {
    const { happened, troubling } = fake({ troubles: 1, longest: 600_000 });
    while (happened.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    troubling.end();
    await troubling.done;
    expect(happened).toEqual([expect.stringContaining('SIGSTOP'), expect.stringContaining('SIGCONT')]);
  });
  it('wait until whom they are meant for is there', async () => {
    let away = 2;
    const system: TroubleOptions['system'] = {
      parts: ['nats'],
      pidOf: () => {
        if (away-- > 0) throw new Error('nats is not running.');
        return 1;
      },
    };
    const { troubling } = fake({ troubles: 1, system });
    await troubling.done;
    expect(troubling.made.freeze).toBe(1);
  });
});
