import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import type { EventDeclaration } from './event.ts';

const declared = Object.entries(catalogue).flatMap(([service, events]) =>
  Object.entries(events as Readonly<Record<string, EventDeclaration>>).map(([type, declaration]) => ({
    name: `${service}.${type}`,
    type,
    declaration,
  })),
);

describe('the catalogue of events', () => {
  it.each(declared)('$name has an example that its own schema accepts as it is', ({ declaration }) => {
    expect(declaration.data.parse(declaration.example)).toEqual(declaration.example);
  });

  it.each(declared)('$name is named by what happened, and can be a NATS token', ({ type, declaration }) => {
    expect(type).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(declaration.version).toBeGreaterThan(0);
  });

  it.each(declared)('$name drops what it does not declare, so that nothing slips out with it', ({ declaration }) => {
    expect(declaration.data.parse({ ...(declaration.example as object), secret: 'price' })).not.toHaveProperty('secret');
  });
});
