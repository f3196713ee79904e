import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { hearingOnceCaughtUp } from './hearingOnceCaughtUp.ts';

describe('hearing once caught up', () => {
  const begin = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const steps: string[] = [];
    const warnings: string[] = [];
    const part = (name: string) => {
      steps.push(`${name} begins`);
      return { stop: async () => void steps.push(`${name} stops`) };
    };
    const hearing = hearingOnceCaughtUp(
      () => promise,
      () => [part('hearing'), part('comparing')],
      pino({ level: 'warn' }, { write: (written: string) => void warnings.push((JSON.parse(written) as { msg: string }).msg) }),
    );
    const ended = async (end: () => void) => {
      end();
      await new Promise(setImmediate);
    };
    return { hearing, steps, warnings, caughtUp: () => ended(resolve), failed: () => ended(() => reject(new Error('away'))) };
  };

  it('keeps nobody waiting for the first round, before which nothing is heard', async () => {
    const { hearing, steps, warnings, caughtUp } = begin();
    await new Promise(setImmediate);
    expect(steps).toEqual([]);
    await caughtUp();
    expect(steps).toEqual(['hearing begins', 'comparing begins']);
    await hearing.stop();
    expect(steps.slice(2)).toEqual(['comparing stops', 'hearing stops']);
    expect(warnings).toEqual([]);
  });

  it('hears also after a first round that failed, and says that it did', async () => {
    const { steps, warnings, failed } = begin();
    await failed();
    expect(steps).toEqual(['hearing begins', 'comparing begins']);
    expect(warnings).toEqual([expect.stringContaining('catching up with other replicas failed')]);
  });

  it.each(['caughtUp', 'failed'] as const)(
    'is stopped without waiting for the first round, and hears nothing any more: %s',
    async (end) => {
      const begun = begin();
      await begun.hearing.stop();
      await begun[end]();
      expect([begun.steps, begun.warnings]).toEqual([[], []]);
    },
  );
});
