import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { closeEnvironment, reopenEnvironment } from './closeEnvironment.ts';
import { describeEnvironment } from './describeEnvironment.ts';
import { type Environment, type EnvironmentFact, evolve, noEnvironment } from './environment.ts';

type Content = { readonly title: string };
const at = '2026-11-23T12:00:00.000Z';
const host = { organisationId: 'host', name: 'Demonstration Ltd' };
const opened: EnvironmentFact<Content> = {
  type: 'EnvironmentOpened',
  environmentId: 'env-1',
  host,
  content: { title: 'Mobile money room' },
  termsHash: 'one',
  at,
};
const closed: EnvironmentFact<Content> = { type: 'EnvironmentClosed', reason: 'We move', at };
const after = (...facts: EnvironmentFact<Content>[]): Environment<Content> => facts.reduce(evolve<Content>, noEnvironment);
const described = (title: string, termsHash?: string): EnvironmentFact<Content> => ({
  type: 'EnvironmentDescribed',
  content: { title },
  ...(termsHash === undefined ? {} : { termsHash }),
  at,
});
const by = 'host';
const none: Environment<Content> = noEnvironment;

describe('describing a test environment anew', () => {
  const edit = { content: { title: 'Larger room' }, termsHash: 'one', by, at };
  it('changes what it offers, open or closed, and stays what it was', () => {
    given(after(opened)).when(describeEnvironment, edit).then(described('Larger room', 'one'));
    given(after(opened, closed)).when(describeEnvironment, edit).then(described('Larger room', 'one'));
    expect(after(opened, described('Larger room', 'one'))).toMatchObject({ status: 'open', content: { title: 'Larger room' } });
    expect(after(opened, closed, described('Larger room', 'one'))).toMatchObject({ status: 'closed', reason: 'We move' });
  });
  it('stays quiet when nothing is new', () =>
    given(after(opened))
      .when(describeEnvironment, { ...edit, content: { title: 'Mobile money room' } })
      .thenNothing());
  it('counts a new text of the terms as a new version, and only a new text', () => {
    const termsOf = (...facts: EnvironmentFact<Content>[]) => {
      const environment = after(opened, ...facts);
      return environment.status === 'none' ? undefined : environment.termsOfUse;
    };
    expect(termsOf()).toEqual({ version: 1, hash: 'one' });
    expect(termsOf(described('Larger room', 'one'))).toEqual({ version: 1, hash: 'one' });
    expect(termsOf(described('Larger room', 'two'))).toEqual({ version: 2, hash: 'two' });
    expect(termsOf(described('Larger room'))).toBeUndefined();
    expect(termsOf(described('Larger room'), described('Larger room', 'three'))).toEqual({ version: 2, hash: 'three' });
  });
});

describe('closing a test environment', () => {
  it('is done with a reason, and undone', () => {
    given(after(opened)).when(closeEnvironment, { reason: 'We move', by, at }).then(closed);
    given(after(opened, closed)).when(reopenEnvironment, { by, at }).then({ type: 'EnvironmentReopened', at });
    expect(after(opened, closed, { type: 'EnvironmentReopened', at })).toEqual({ ...after(opened), changedAt: at });
  });
  it('stays quiet when told again', () => {
    given(after(opened, closed)).when(closeEnvironment, { reason: 'Once more', by, at }).thenNothing();
    given(after(opened)).when(reopenEnvironment, { by, at }).thenNothing();
  });
});

describe('a test environment that is another’s, or is not there', () => {
  const commands = {
    describe: (environment: Environment<Content>, who: string) =>
      given(environment).when(describeEnvironment, { content: { title: 'Mine' }, by: who, at }),
    close: (environment: Environment<Content>, who: string) =>
      given(environment).when(closeEnvironment, { reason: 'Mine', by: who, at }),
    reopen: (environment: Environment<Content>, who: string) => given(environment).when(reopenEnvironment, { by: who, at }),
  };
  it.each(Object.keys(commands) as (keyof typeof commands)[])('refuses to %s', (command) => {
    commands[command](none, 'host').thenRefused('no-such-environment');
    for (const environment of [after(opened), after(opened, closed)])
      commands[command](environment, 'stranger').thenRefused('not-the-host');
  });
});
