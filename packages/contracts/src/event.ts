import { z } from 'zod';

/**
 * A public event's declaration: its version, what it carries, and an example that documents and tests it.
 * Within a version only optional fields may be added; anything else is a new version beside the old one.
 */
export const event = <Data extends z.ZodObject>(version: number, data: Data, example: z.input<Data>) => ({
  version,
  data,
  example,
});

export type EventDeclaration = { readonly version: number; readonly data: z.ZodObject; readonly example: unknown };

/** The envelope every public event travels in: CloudEvents 1.0, structured JSON, with our extension attributes. */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  /** `/tenders`: the service that says it. */
  source: z.string().startsWith('/'),
  /** `umuhuza.tenders.TenderPublished.v1` */
  type: z.string().regex(/^umuhuza\.[a-z]+\.[A-Za-z]+\.v\d+$/),
  /** The aggregate's id. */
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** 1, 2, 3 … over the public events of this aggregate. */
  sequence: z.int().min(1),
  correlationid: z.string().min(1),
  causationid: z.string().min(1),
  traceparent: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Envelope = z.infer<typeof envelope>;
