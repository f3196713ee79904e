import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { keepIntent, type SendWanted, sendingOf, type Wanted } from '../api/intent.ts';

/**
 * Sends what somebody wants done, with one Idempotency-Key however often it has to be sent. A lost connection is waited out, until it is
 * done, refused, or left by `leave`.
 */
export const useIntent = <Input, Answer>(
  send: SendWanted<Input, Answer>,
  onDone?: (answer: Answer, input: Input) => void | Promise<void>,
) => {
  const [intent] = useState(() => keepIntent());
  const waiting = useRef<AbortController>(undefined);
  const {
    mutate: begin,
    mutateAsync: _,
    ...sending
  } = useMutation<Answer, Error, Wanted<Input>>({
    ...sendingOf(send, intent),
    onSuccess: async (answer, { input }) => {
      await onDone?.(answer, input);
    },
  });
  const { reset } = sending;
  const mutate = useCallback(
    (input: Input, { onError }: { readonly onError?: (error: Error) => void } = {}) => {
      waiting.current = new AbortController();
      begin({ input, until: waiting.current.signal }, onError && { onError });
    },
    [begin],
  );
  /** Nobody waits for it any more. What is on its way cannot be called back; nothing is sent after it. */
  const leave = useCallback(() => {
    waiting.current?.abort();
    reset();
  }, [reset]);
  return { ...sending, variables: sending.variables?.input, mutate, leave };
};
