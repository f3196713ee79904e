/** Every way to say no to a change of a test environment. */
export type EnvironmentRefusal =
  | 'hosts-are-rwandan'
  | 'no-such-environment'
  | 'not-the-host'
  | 'too-many-documents'
  | 'no-such-document';
export type Refused<Refusal extends EnvironmentRefusal> = { readonly refused: Refusal };

export const refuse = <Refusal extends EnvironmentRefusal>(refused: Refusal): Refused<Refusal> => ({ refused });
