import type { Environment } from './environment.ts';
import { type OfHost, onOwnEnvironment } from './ofHost.ts';

/** A new description, also of a closed environment that is to be opened again. Slots that are open keep the one they were opened on. */
export const describeEnvironment = <Content>(
  environment: Environment<Content>,
  { content, termsHash, by, at }: OfHost & { readonly content: Content; readonly termsHash?: string },
) =>
  onOwnEnvironment(environment, { by, at }, (now) =>
    JSON.stringify([now.content, now.termsOfUse?.hash]) === JSON.stringify([content, termsHash])
      ? []
      : [{ type: 'EnvironmentDescribed', content, ...(termsHash === undefined ? {} : { termsHash }), at }],
  );
