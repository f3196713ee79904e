// What the checker reads of the services' states. It stands apart from their own types on purpose: it judges what is stored.

export type SeenBid = {
  readonly bidId: string;
  readonly bidder: string;
  readonly contentId: string;
  readonly digest: string;
  readonly version: number;
  readonly submittedAt: string;
  readonly disqualifiedBecause?: string;
};

/** Sealed bids lie in one text, a row a bid; opened ones as they are. */
export const bidsIn = ({ bids = [] }: Pick<SeenTender, 'bids'>): readonly SeenBid[] =>
  typeof bids !== 'string'
    ? bids
    : (JSON.parse(bids) as [string, string, string, string, number, string][]).map(
        ([bidId, bidder, contentId, digest, version, submittedAt]) => ({
          bidId,
          bidder,
          contentId,
          digest,
          version,
          submittedAt,
        }),
      );

export type SeenTender = {
  readonly status: string;
  readonly tenderId?: string;
  readonly terms?: { readonly title: string; readonly description: string; readonly deadline?: string };
  readonly questions?: readonly { readonly id: string; readonly question: string; readonly answer?: string }[];
  readonly amendments?: readonly { readonly reason?: string }[];
  readonly reason?: string;
  readonly bids?: readonly SeenBid[] | string;
  readonly unopened?: readonly SeenBid[];
  readonly results?: readonly {
    readonly kind: string;
    readonly lotId: string;
    readonly bidId?: string;
    readonly reason?: string;
    readonly winner?: string;
  }[];
  readonly opening?: Pick<SeenTender, 'bids' | 'unopened' | 'results'>;
};

/** Time of a host's resources that its slots have. */
export type SeenCalendar = {
  readonly resources?: readonly { readonly id: string; readonly quantity: number }[];
  readonly reservations?: readonly {
    readonly id: string;
    readonly slotId: string;
    readonly startsAt: string;
    readonly freeAt: string;
    readonly needs: readonly { readonly resourceId: string; readonly quantity: number }[];
    readonly settleAt: string | null;
  }[];
};

export type SeenSlot = {
  readonly status: string;
  readonly reservationId?: string;
  readonly startsAt?: string;
  readonly capacity?: number;
  readonly reason?: string;
  readonly bookings?: readonly {
    readonly id: string;
    readonly status: string;
    readonly product: { readonly name: string };
    readonly guest: { readonly organisationId: string };
    readonly reason?: string | null;
    readonly report?: { readonly summary: string };
  }[];
  readonly waitlist?: readonly {
    readonly id: string;
    readonly status: string;
    readonly product: { readonly name: string };
    readonly bookingId?: string;
  }[];
  readonly holds?: readonly { readonly status: string }[];
  readonly arrivals?: readonly { readonly bookings: readonly unknown[] }[];
};

export type SeenEnvironment = { readonly content?: { readonly title: string } };

export type SeenInterest = {
  readonly status: string;
  readonly message?: string;
  readonly from?: { readonly organisationId: string };
  readonly to?: { readonly organisationId: string };
};

export type SeenProfile = {
  readonly status: string;
  readonly organisation: { readonly name: string } | null;
  readonly verified?: readonly { readonly id: string }[];
};

export type SeenNotification = {
  readonly recipient?: string;
  readonly organisation?: string;
  readonly channel?: string;
  readonly told?: { readonly kind: string; readonly data: unknown };
  readonly readAt?: string | null;
};
