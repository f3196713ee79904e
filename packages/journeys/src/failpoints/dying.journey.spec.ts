import { type Failpoint, failpoints, furtherFailpoints } from '@umuhuza/eventing/failpoints';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesOf, eventsOf, lastingForm, linesOf } from './comparing.ts';
import { openPlaces, type Places } from './place.ts';
import { type Played, play } from './play.ts';
import { changingRoutesOf, readings } from './routes.ts';
import { identity } from './stories/identity.ts';
import { matching } from './stories/matching.ts';
import { notifications } from './stories/notifications.ts';
import { profiles } from './stories/profiles.ts';
import { sandbox } from './stories/sandbox.ts';
import { tenders } from './stories/tenders.ts';
import type { Story } from './story.ts';

const all: readonly Story[] = [matching, tenders, sandbox, notifications, profiles, identity];
/** `FAILPOINTS_OF=tenders`: that service alone. */
const chosen = process.env.FAILPOINTS_OF;
const stories = all.filter(({ service }) => chosen === undefined || chosen === service);

/** `FAILPOINTS=alone`: each case dies alone at each point, in some hundred processes. Otherwise all that pass a point die together. */
const alone = process.env.FAILPOINTS === 'alone';
const sideBySide = 2;
/** A bound against hanging, not a measurement. */
const within = alone ? 3_600_000 : 900_000;

/** Passed where something has been written. */
const written: readonly Failpoint[] = ['afterWrite', 'afterPut', 'afterDraft', 'afterDocument', 'afterAccount'];

let places: Places;
const played = new Map<string, Played>();
const playedOf = (service: string): Played => played.get(service) ?? expect.fail(`${service} was not played`);

beforeAll(async () => {
  places = await openPlaces();
  const waiting = [...stories];
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (let story = waiting.shift(); story; story = waiting.shift())
        played.set(story.service, await play(story, places, alone));
    }),
  );
}, within);
afterAll(() => places?.close());

describe.each(stories)('$service, killed at every point', (story) => {
  const { service } = story;

  it('has a case for everything it hears, and each of them makes it write', () => {
    const { hears, cases } = playedOf(service);
    expect(cases.filter(({ kind }) => kind === 'reaction').map(({ name }) => name)).toEqual(hears);
    for (const { name, kind, passes } of cases) {
      if (kind === 'reaction')
        expect(passes, name).toMatchObject({ beforeApply: expect.any(Number), afterAckMessage: expect.any(Number) });
      if (!story.repeating?.some((repeating) => repeating === name))
        expect(
          written.some((point) => passes[point]),
          name,
        ).toBe(true);
    }
  });

  it('has a case for every route by which its clients change something', () => {
    const asked = new Set(playedOf(service).cases.flatMap(({ asks }) => asks));
    const without = changingRoutesOf(service).filter((route) => readings[route] === undefined && !asked.has(route));
    expect(without).toEqual([]);
    expect([...asked].filter((route) => readings[route] !== undefined)).toEqual([]);
  });

  it('died at each point with all that pass it standing there', () => {
    for (const { mark, held, pass } of playedOf(service).deaths) expect(held, mark).toBeGreaterThanOrEqual(pass);
  });

  it('answers its clients as if it had never died', () => {
    const { undisturbed, disturbed } = playedOf(service);
    for (const answers of Object.values(undisturbed.answers))
      for (const [name, answer] of Object.entries(answers)) expect(answer?.status ?? 200, name).toBeLessThan(300);
    expect(lastingForm(disturbed.answers, story)).toEqual(lastingForm(undisturbed.answers, story));
  });

  it('holds what it would hold, and has said what it would have said', () => {
    const { undisturbed, disturbed } = playedOf(service);
    expect(differencesOf(linesOf(disturbed, story), linesOf(undisturbed, story))).toEqual([]);
    expect(differencesOf(eventsOf(disturbed, story), eventsOf(undisturbed, story))).toEqual([]);
    expect(new Set(disturbed.said.map(({ id }) => id)).size).toBe(disturbed.said.length);
  });

  it('has heard everything', () => {
    for (const consumer of playedOf(service).disturbed.consumers) expect(consumer).toMatchObject({ pending: 0, behind: 0 });
  });
});

it('names no reading that is no route', () =>
  expect(Object.keys(readings).filter((route) => !all.some(({ service }) => changingRoutesOf(service).includes(route)))).toEqual(
    [],
  ));

it.runIf(chosen === undefined)('every point is passed by some service', () => {
  const passed = new Set([...played.values()].flatMap(({ deaths }) => deaths.map(({ point }) => point)));
  expect([...failpoints, ...furtherFailpoints].filter((point) => !passed.has(point))).toEqual([]);
});
