import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConnectionLost } from '../api/answers.ts';
import { keepIntent } from '../api/intent.ts';

/**
 * Sends what somebody wants done, with one Idempotency-Key however often it has to be sent. A lost connection is waited out; a refusal
 * ends it.
 */
export const useIntent = <Input, Answer>(
  send: (input: Input, key: string) => Promise<Answer>,
  onDone?: (answer: Answer, input: Input) => void | Promise<void>,
) => {
  const [intent] = useState(() => keepIntent());
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => send(input, intent.keyFor(input)),
    retry: (_, error) => error instanceof ConnectionLost,
    retryDelay: (failures) => Math.min(15_000, 1_000 * 2 ** failures),
    onSettled: (_, error) => intent.settled(error ?? undefined),
    onSuccess: async (answer, input) => {
      await onDone?.(answer, input);
    },
  });
};
