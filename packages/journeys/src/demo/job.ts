import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { Company } from '../door.ts';
import type { Display } from './display.ts';

export type MainJob = {
  readonly door: string;
  readonly notices: readonly unknown[];
  readonly password: string;
  readonly display: Display;
  /** How many e-mails the system has written where this machine can see them; undefined where it cannot. */
  readonly mails: () => Promise<number | undefined>;
  /** How many tenders are played to the award; the others stay open for three weeks. */
  readonly played: number;
  /** Milliseconds from publication to the deadline of those that are played. */
  readonly closesIn: number;
  readonly now: () => Temporal.Instant;
};

/** A tender of the demonstration with the company that posts it. */
export type Posted = { readonly buyer: Company; tender: TenderView };

/** Who bids for which tender. */
export type Bidders = ReadonlyMap<string, readonly Company[]>;

/** Every step may be run again: it is the same cause. */
export const key = (...parts: readonly string[]) => ({ 'idempotency-key': ['demo', ...parts].join(':') });
