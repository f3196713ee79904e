import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { type Environment, evolve, noEnvironment } from './environment.ts';
import { openEnvironment } from './openEnvironment.ts';

const command = {
  environmentId: 'env-1',
  host: { organisationId: 'org-kigali', name: 'Demonstration Ltd' },
  country: 'RW' as const,
  content: { title: 'Mobile money room' },
  at: '2026-11-23T12:00:00.000Z',
};
const { country: _, ...fact } = { type: 'EnvironmentOpened' as const, ...command };
const none: Environment<{ title: string }> = noEnvironment;

describe('opening a test environment', () => {
  it('is for a Rwandan company', () => given(none).when(openEnvironment, command).then(fact));
  it('is refused to a German one', () =>
    given(none)
      .when(openEnvironment, { ...command, country: 'DE' })
      .thenRefused('hosts-are-rwandan'));
  it('stays quiet when told again', () => given(evolve(none, fact)).when(openEnvironment, command).thenNothing());
  it('leaves it open with its host and what it offers', () =>
    expect(evolve(none, fact)).toEqual({
      status: 'open',
      id: 'env-1',
      host: command.host,
      content: command.content,
      openedAt: command.at,
    }));
});
