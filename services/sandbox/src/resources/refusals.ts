/** Every way to say no to what is asked of a host's resources. */
export type ResourcesRefusal =
  | 'no-such-resource'
  | 'not-enough-of-resource'
  | 'resource-busy'
  | 'environment-busy'
  | 'resource-in-use'
  | 'calendar-full';
export type Refused = { readonly refused: ResourcesRefusal; readonly detail: string };

export const refuse = <Refusal extends ResourcesRefusal>(refused: Refusal, detail: string) => ({ refused, detail });
