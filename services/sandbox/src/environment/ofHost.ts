import type { Environment, EnvironmentFact, KnownEnvironment } from './environment.ts';
import { type EnvironmentRefusal, type Refused, refuse } from './refusals.ts';

export type OfHost = { readonly by: string; readonly at: string };
type Answer<Content, Refusal extends EnvironmentRefusal> =
  | readonly EnvironmentFact<Content>[]
  | Refused<'no-such-environment' | 'not-the-host' | Refusal>;

/** What only its host may do. That an environment exists is no secret, so others are told whose it is not. */
export const onOwnEnvironment = <Content, Refusal extends EnvironmentRefusal = never>(
  environment: Environment<Content>,
  { by }: OfHost,
  decide: (environment: KnownEnvironment<Content>) => readonly EnvironmentFact<Content>[] | Refused<Refusal>,
): Answer<Content, Refusal> => {
  if (environment.status === 'none') return refuse('no-such-environment');
  return environment.host.organisationId === by ? decide(environment) : refuse('not-the-host');
};
