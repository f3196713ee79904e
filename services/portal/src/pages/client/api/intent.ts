import { ConnectionLost, mayPass } from './answers.ts';
import { newKey } from './key.ts';

/**
 * Gives each thing that somebody wants done one Idempotency-Key, however often it is sent: again after a lost connection, by itself or by
 * another press of the button. Once there was an answer, or where something else is wanted, it is another intent.
 */
export const keepIntent = (make: () => string = newKey) => {
  let pending: { readonly wanted: string; readonly key: string } | undefined;
  const wantedBy = (input: unknown): string => JSON.stringify(input) ?? '';
  return {
    keyFor: (input: unknown): string => {
      const wanted = wantedBy(input);
      if (pending?.wanted !== wanted) pending = { wanted, key: make() };
      return pending.key;
    },
    /**
     * Whether it was done is only unknown where no answer came, or where nobody waited for one. The answer to something that was left may
     * come while something else is on its way, and says nothing of that.
     */
    settled: (input: unknown, error?: unknown): void => {
      const isKnown = error === undefined || !(mayPass(error) || error instanceof TurnedAway);
      if (isKnown && pending?.wanted === wantedBy(input)) pending = undefined;
    },
  };
};

/** Whoever wanted it has left it meanwhile: it is not sent any more. */
export class TurnedAway extends Error {
  override readonly name = 'TurnedAway';
}

/** What is wanted, and until when. */
export type Wanted<Input> = { readonly input: Input; readonly until: AbortSignal };

/** Sends it, asking before each part that cannot be taken back whether it is still wanted. */
export type SendWanted<Input, Answer> = (input: Input, key: string, stillWanted: () => void) => Promise<Answer>;

/**
 * How what somebody wants is sent: a lost connection is waited out for as long as somebody waits; a refusal ends it. What nobody waits
 * for any more is not begun again, so that nothing is done after the person has said no.
 */
export const sendingOf = <Input, Answer>(send: SendWanted<Input, Answer>, intent: ReturnType<typeof keepIntent>) => ({
  mutationFn: async ({ input, until }: Wanted<Input>): Promise<Answer> => {
    const stillWanted = (): void => {
      if (until.aborted) throw new TurnedAway();
    };
    stillWanted();
    return send(input, intent.keyFor(input), stillWanted);
  },
  retry: (_: number, error: Error) => error instanceof ConnectionLost,
  retryDelay: (failures: number) => Math.min(15_000, 1_000 * 2 ** failures),
  onSettled: (_: Answer | undefined, error: Error | null, { input }: Wanted<Input>): void =>
    intent.settled(input, error ?? undefined),
});
