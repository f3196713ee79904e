import type { EventData, EventName } from '@umuhuza/contracts/catalogue';
import type { Becomes } from '../tellings.ts';
import type { ToTell, ToTellAddressee } from '../told.ts';

/**
 * Who is told what when an event is heard. Where several rows name an organisation the first counts, so that each event tells it one
 * thing. `about` is the tender by which those told before are found.
 */
export type Table = {
  readonly [Name in EventName]?: (data: EventData<Name>) => {
    readonly about?: string;
    /** What the event makes of this tender, for the invitations that are told after it. */
    readonly becomes?: Becomes;
    readonly tell: readonly ToTell[];
    /** Each of them is told, besides. */
    readonly write?: readonly ToTellAddressee[];
  };
};

/** Where the portal shows a tender. */
export const tenderPage = (tenderId: string): string => `/tenders/${tenderId}`;
/** Where a firm works on its bid for it. */
export const bidPage = (tenderId: string): string => `${tenderPage(tenderId)}/bid`;
