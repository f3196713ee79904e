import type { Scene } from './state.ts';

/**
 * What is explored whenever the tests run. Each scene is complete within its bounds, and each leaves out what the others hold:
 * subscribers never act on what is before the stream, so they are explored on every stream that the relays may bring about.
 */
export const scenes: Readonly<Record<string, Scene>> = {
  'two replicas handle two commands, one of them relays': scene('ab', { handlers: 2, relays: 1 }),
  'two relays send the events of two commands': scene('ab', { handlers: 1, relays: 2 }),
  'a relay sends two events, and the duplicate window may pass': scene('ab', {
    handlers: 1,
    relays: 1,
    copies: 2,
    staleSweeps: true,
  }),
  'two subscribers hear three events': scene('abc', { subscribers: 2 }),
  'two processes of a subscriber hear two events and copies of them': scene('ab', { subscribers: 1, workers: 2, copies: 2 }),
  'two processes of a subscriber hear two events, at which reactions may throw': scene('ab', {
    subscribers: 1,
    workers: 2,
    parks: true,
  }),
  'two replicas, two relays and two subscribers with one command, and the duplicate window may pass': scene('a', {
    handlers: 2,
    relays: 2,
    subscribers: 2,
    copies: 2,
  }),
};

/** Minutes instead of seconds: wider in one way or another. */
export const wideScenes: Readonly<Record<string, Scene>> = {
  ...Object.fromEntries(
    Object.entries(scenes).map(([name, bounds]) => [`${name}, sweeps being stale`, { ...bounds, staleSweeps: true }]),
  ),
  'two replicas with two commands, both relay': scene('ab', { handlers: 2, relays: 2 }),
  'a relay sends three events': scene('abc', { handlers: 1, relays: 1 }),
  'two subscribers hear two events and copies of them': scene('ab', { subscribers: 2, copies: 2 }),
  'two processes of a subscriber hear three events': scene('abc', { subscribers: 1, workers: 2 }),
};

function scene(commands: string, bounds: Partial<Omit<Scene, 'commands'>>): Scene {
  const none = { handlers: 0, relays: 0, subscribers: 0, workers: 1, staleSweeps: false, copies: 1, parks: false };
  return { ...none, ...bounds, commands: [...commands] as Scene['commands'][number][] };
}
