import type { Envelope } from '@umuhuza/contracts/event';
import type { Refused } from './decision.ts';

/** What a client was told: kept beside the cause, so that a repetition is told the same. */
export type Answer = { readonly status: number; readonly body: unknown };

/** The aggregate as it lies in the database: everything that must change together, in one document. */
export type BookDocument<State> = {
  _id: string;
  /** Counts the writes; guards each of them. */
  version: number;
  state: State;
  /** How many public events this aggregate has said. */
  sequence: number;
  outbox: Envelope[];
  /** The newest commands of the last seven days, oldest first, with what they were told, whose size in JSON is `bytes`. */
  commands: {
    id: string;
    fingerprint: string;
    at: Date;
    bytes: number;
    answer?: Answer;
    refusal?: Refused<string>;
    apart?: string;
  }[];
  /** The commands before these, as one text: hundreds of small documents take a database many times as long to read and to write. */
  past?: string;
  /**
   * Whose commands there were too many of for this document, so that it no longer knows all their keys, and until when the newest of those
   * counts: they lie in `answers`.
   */
  elsewhere?: { memory: string; until: Date }[];
  /** The sequences applied from each source aggregate; never forgotten. */
  applied: { aggregate: string; sequences: number[] }[];
  /**
   * There is no such aggregate: this only remembers commands on it that had no effect, in its place, so that it and whoever creates it
   * cannot miss each other. It goes by itself at this instant.
   */
  absentUntil?: Date;
  /** What lists filter and sort by; derived from the state at each write. */
  lookup: Record<string, unknown>;
};
