import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import type { Money } from '@umuhuza/contracts/values';
import type { ToldData } from '../told.ts';

/** How instants, amounts and numbers are written for one reader. */
export type Say = {
  /** On the reader's clock, in Berlin and in Kigali. */
  readonly when: (instant: string) => string;
  readonly period: (startsAt: string, endsAt: string) => string;
  readonly money: (money: Money) => string;
  readonly number: (value: number) => string;
};

/** Subject on one line; paragraphs of plain text. */
export type Written = { readonly subject: string; readonly body: readonly string[] };

/** Everything written in one language: a language is one file of this shape. `other` is the organisation on the other side. */
export type TextCatalogue = {
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  /** What each kind is called in a sentence about preferences. */
  readonly names: Readonly<Record<NotificationKind, string>>;
  readonly told: { readonly [K in NotificationKind]: (data: ToldData[K], other: string, say: Say) => Written };
  readonly mail: {
    readonly greeting: (name: string) => string;
    readonly open: string;
    readonly why: (organisation: string) => string;
    /** For somebody without an account, whose address this organisation gave. */
    readonly whyInvited: (organisation: string) => string;
    readonly unsubscribe: (kind: string) => string;
    readonly mustBeKnown: string;
  };
  readonly unsubscribePage: {
    readonly title: string;
    readonly question: (kind: string) => string;
    readonly button: string;
    readonly done: (kind: string) => string;
    readonly elsewhere: string;
    readonly unknown: string;
  };
};
