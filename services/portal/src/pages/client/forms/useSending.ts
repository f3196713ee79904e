import { useMutation } from '@tanstack/react-query';
import { ConnectionLost } from '../api/answers.ts';

/**
 * Sends a form. A lost connection is waited out and the same is sent again, so `send` has to recognise what an earlier try has done
 * already; a refusal ends it.
 */
export const useSending = <Values>(send: (values: Values) => Promise<void>) =>
  useMutation({
    mutationFn: send,
    retry: (_, error) => error instanceof ConnectionLost,
    retryDelay: (failures) => Math.min(15_000, 1_000 * 2 ** failures),
  });
export type Sending = Pick<
  ReturnType<typeof useSending<never>>,
  'isPending' | 'isPaused' | 'isError' | 'error' | 'failureReason'
>;

/** The sending of something that is asked for first, in a dialog that may be left. */
export type AskedSending = Sending & {
  readonly isSuccess: boolean;
  readonly reset: () => void;
  /** Whoever leaves the dialog no longer wants it. */
  readonly leave: () => void;
};
