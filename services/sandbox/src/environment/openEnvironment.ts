import type { Environment, EnvironmentFact, Host } from './environment.ts';
import { type Refused, refuse } from './refusals.ts';

export type OpenEnvironment<Content> = {
  readonly environmentId: string;
  readonly host: Host;
  readonly country: 'DE' | 'RW';
  readonly content: Content;
  readonly termsHash?: string;
  readonly at: string;
};

/** Tests happen in Rwanda, so a host is a Rwandan company. */
export const openEnvironment = <Content>(
  environment: Environment<Content>,
  { country, ...opened }: OpenEnvironment<Content>,
): readonly EnvironmentFact<Content>[] | Refused<'hosts-are-rwandan'> => {
  if (country !== 'RW') return refuse('hosts-are-rwandan');
  return environment.status === 'none' ? [{ type: 'EnvironmentOpened', ...opened }] : [];
};
