/** Every way to say no to a change of preferences. */
export type PreferencesRefusal = 'must-be-known';
export type Refused<Refusal extends PreferencesRefusal> = { readonly refused: Refusal; readonly detail: string };

export const refuse = <Refusal extends PreferencesRefusal>(refused: Refusal, detail: string): Refused<Refusal> => ({
  refused,
  detail,
});
