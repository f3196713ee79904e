import { collection, type Rule, type Violation } from '../history.ts';

const rule = 'poison ends as a dead letter, everything else gets through';

/** Each malformed message is a dead letter with its error at each subscriber of its stream, and nothing else is one. */
export const poisonIsPutAside: Rule = (history) => {
  const violations: Violation[] = [];
  const poisoned = new Set<string>();
  for (const { name, subscribers, messages } of history.streams)
    for (const { seq, poison, text, subject } of messages) {
      if (!poison) continue;
      const id = `${name}-${seq}`;
      poisoned.add(id);
      if (poison.kind === 'throwing') continue;
      for (const subscriber of subscribers) {
        const letter = collection(history, subscriber, 'deadLetters').find((one) => `${one.stream}-${one.streamSequence}` === id);
        if (!letter) violations.push({ rule, says: `${subscriber} has no dead letter for ${poison.mark} (${id} on ${subject})` });
        else if (!letter.error) violations.push({ rule, says: `the dead letter ${id} of ${subscriber} does not say why` });
        else if (letter.payload !== text)
          violations.push({ rule, says: `the dead letter ${id} of ${subscriber} does not hold what came` });
      }
    }
  for (const service of Object.keys(history.databases))
    for (const { _id, stream, streamSequence, subject, error } of collection(history, service, 'deadLetters'))
      if (!poisoned.has(`${stream}-${streamSequence}`))
        violations.push({ rule, says: `${service} put aside ${_id} (${subject}): ${error}`, about: subjectOf(subject) });
  return violations;
};

const subjectOf = (subject: unknown): string => String(subject).slice(String(subject).lastIndexOf('.') + 1);
