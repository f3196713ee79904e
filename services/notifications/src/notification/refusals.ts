/** Every way to say no to a change of a notification. */
export type NotificationRefusal = 'no-such-notification';
export type Refused<Refusal extends NotificationRefusal> = { readonly refused: Refusal };

export const refuse = <Refusal extends NotificationRefusal>(refused: Refusal): Refused<Refusal> => ({ refused });
