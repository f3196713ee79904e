import type { Environment } from './environment.ts';
import { type OfHost, onOwnEnvironment } from './ofHost.ts';

/** No new slots from now on. Open slots were promised, so each is closed by itself, with a word to its guests. */
export const closeEnvironment = <Content>(
  environment: Environment<Content>,
  { reason, ...command }: OfHost & { readonly reason: string },
) =>
  onOwnEnvironment(environment, command, ({ status }) =>
    status === 'closed' ? [] : [{ type: 'EnvironmentClosed', reason, at: command.at }],
  );

export const reopenEnvironment = <Content>(environment: Environment<Content>, command: OfHost) =>
  onOwnEnvironment(environment, command, ({ status }) =>
    status === 'open' ? [] : [{ type: 'EnvironmentReopened', at: command.at }],
  );
