import { catalogue, type EventData, type EventName } from '@umuhuza/contracts/catalogue';
import type { Envelope, EventDeclaration } from '@umuhuza/contracts/event';

/**
 * Envelopes as other services would send them: each aggregate's events are numbered in the order they are made. The ids follow from
 * aggregate and number, so that the same story is told in the same words each time.
 */
export const envelopesOf = () => {
  const sequences = new Map<string, number>();
  return <Name extends EventName>(
    name: Name,
    subject: string,
    data: EventData<Name>,
    more: { readonly sequence?: number; readonly id?: string } = {},
  ): Envelope => {
    const [service = '', type = ''] = name.split('.');
    const declaration = (catalogue as Readonly<Record<string, Readonly<Record<string, EventDeclaration>>>>)[service]?.[type];
    if (!declaration) throw new Error(`the catalogue has no ${name}`);
    const aggregate = `${service}/${subject}`;
    const sequence = more.sequence ?? (sequences.get(aggregate) ?? 0) + 1;
    sequences.set(aggregate, Math.max(sequence, sequences.get(aggregate) ?? 0));
    return {
      specversion: '1.0',
      id: more.id ?? `${service}-${subject}-${sequence}`,
      source: `/${service}`,
      type: `umuhuza.${name}.v${declaration.version}`,
      subject,
      time: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
      datacontenttype: 'application/json',
      sequence,
      correlationid: 'test',
      causationid: 'test',
      data: declaration.data.parse(data) as Record<string, unknown>,
    };
  };
};
