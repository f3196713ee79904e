import { describe, expect, it } from 'vitest';
import { timeLeft } from '../sandbox/timeLeft.ts';
import { keepServerClock } from './serverClock.ts';

const opened = Date.parse('2026-11-23T08:00:00.000Z');
/** A device whose clock is off by so many milliseconds; `pass` lets time go by on both of its clocks. */
const deviceOff = (off: number) => {
  let passed = 0;
  let asleep = 0;
  const clock = keepServerClock({ now: () => opened + off + passed + asleep, sinceOpened: () => passed });
  return {
    clock,
    pass: (ms: number) => {
      passed += ms;
    },
    sleep: (ms: number) => {
      asleep += ms;
    },
    say: () => clock.heard(new Date(opened + passed + asleep).toUTCString()),
  };
};
const anHour = 3_600_000;

describe('the platform’s time', () => {
  it('shows what is left of a hold on a phone that is an hour wrong, whichever way', () => {
    for (const off of [anHour, -anHour]) {
      const { clock, pass, say } = deviceOff(off);
      say();
      const until = new Date(opened + 600_000).toISOString();
      pass(5_000);
      expect(timeLeft(until, clock.now())).toEqual({ as: 'clock', minutes: 9, seconds: 55 });
    }
  });
  it('is the device’s own as long as nothing was heard, and where that is right: it is the finer one', () => {
    const { clock, pass, say } = deviceOff(700);
    pass(10);
    expect(clock.now()).toBe(opened + 710);
    say();
    expect(clock.now()).toBe(opened + 710);
    clock.heard(null);
    clock.heard('no date');
    expect(clock.now()).toBe(opened + 710);
  });
  it('is not set back by an answer that lay in a cache', () => {
    const { clock, pass, say } = deviceOff(anHour);
    say();
    pass(60_000);
    clock.heard(new Date(opened - anHour).toUTCString());
    expect(clock.now()).toBe(opened + 60_000);
  });
  it('is right again after the device has slept', () => {
    const { clock, sleep, say } = deviceOff(-anHour);
    say();
    sleep(60_000);
    say();
    expect(clock.now()).toBe(opened + 60_000);
  });
});
