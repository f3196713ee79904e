import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Refused } from '../../api/answers.ts';
import { useIntent } from '../../forms/useIntent.ts';
import { firstRead, refused, shownAt } from '../../sandbox/timeRead.ts';

/** The beginnings of the keys under which pages of sandbox tests keep what they read. */
const kept = ['slots', 'bookings', 'environments', 'hours', 'reports', 'resources'];

/** After a change everything about tests that is shown is read anew: a booking is also a place less, and perhaps an offer to another. */
export const useReadAnew = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(
    () => queries.invalidateQueries({ predicate: ({ queryKey }) => kept.includes(String(queryKey[0])) }),
    [queries],
  );
};

/** Sends what somebody wants done about a test, and then reads anew. `next` comes first, so that a page left behind reads nothing. */
export const useAct = <Input, Answer>(
  send: (input: Input, headers: { readonly 'idempotency-key': string }) => Promise<Answer>,
  next?: (answer: Answer, input: Input) => void,
) => {
  const readAnew = useReadAnew();
  return useIntent<Input, Answer>(
    (input, key) => send(input, { 'idempotency-key': key }),
    (answer, input) => {
      next?.(answer, input);
      void readAnew();
    },
  );
};

/**
 * The time somebody read when the page opened: another one that stands there by now is sent only after it was told of it, each time. `onError`
 * is for what is sent with it.
 */
export const useTimeRead = (startsAt: string) => {
  const [before, setKnown] = useState(() => firstRead(startsAt));
  const known = shownAt(before, startsAt);
  if (known !== before) setKnown(known);
  const readAnew = useReadAnew();
  const onError = (error: Error): void => {
    if (error instanceof Refused && error.refusal === 'slot-moved') setKnown(refused);
    void readAnew();
  };
  return { timeRead: known.read, onError };
};

export const goTo = (path: string): void => {
  location.hash = path;
};
