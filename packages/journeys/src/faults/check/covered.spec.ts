import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remembering } from './applied.ts';
import { mustBeTold, settledOnce } from './notifications.ts';
import { projections } from './projections.ts';

const repository = fileURLToPath(new URL('../../../../..', import.meta.url));
const read = (pattern: string): string =>
  globSync(pattern, { cwd: repository })
    .filter((path) => !/[.](spec|fixture)[.]ts$/.test(path))
    .map((path) => readFileSync(`${repository}/${path}`, 'utf8'))
    .join('\n');
const namesIn = (text: string): string[] => text.match(/(?<=')[a-z]+\.[A-Z][A-Za-z]+(?=')/g) ?? [];

/** The events a service's reactions are declared for. */
const heardBy = (service: string): string[] => [
  ...new Set((read(`services/${service}/src/reactions/*.ts`).match(/Reaction<[^>]*>/g) ?? []).flatMap(namesIn)),
];
const services = ['identity', 'profiles', 'matching', 'sandbox', 'tenders', 'notifications'];

describe('the checker looks at', () => {
  it.each(services)('every event that %s hears', (service) => {
    const looked = [
      ...Object.keys(remembering[service] ?? {}),
      ...projections.filter((one) => one.service === service).flatMap(({ heard }) => heard),
    ];
    expect(heardBy(service).filter((name) => !looked.includes(name))).toEqual([]);
    expect(looked.filter((name) => !heardBy(service).includes(name))).toEqual([]);
  });

  it('every event of which somebody is told', () => {
    const told: string[] = read('services/notifications/src/tell/*.ts').match(/(?<=^ {2}')[a-z]+\.[A-Z][A-Za-z]+(?=': )/gm) ?? [];
    const looked: string[] = [...Object.keys(mustBeTold), ...Object.keys(settledOnce)];
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((name) => !looked.includes(name))).toEqual([]);
    expect(looked.filter((name) => !told.includes(name))).toEqual([]);
  });
});
