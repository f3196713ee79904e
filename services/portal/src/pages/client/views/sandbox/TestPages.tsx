import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import type { SandboxPage } from '../../sandbox/sandboxRoute.ts';
import { BookingPage } from './BookingPage.tsx';
import { BookingsPage } from './BookingsPage.tsx';
import { BookSlot } from './BookSlot.tsx';
import { CalendarFeed } from './CalendarFeed.tsx';
import { MoveBooking } from './MoveBooking.tsx';
import { ReportPage } from './ReportPage.tsx';
import { SlotPage } from './SlotPage.tsx';
import { SlotSearch } from './SlotSearch.tsx';

export type TestPage = Extract<SandboxPage, 'search' | 'slot' | 'book' | 'bookings' | 'booking' | 'move' | 'report' | 'calendar'>;
type TestPagesProps = { readonly page: TestPage; readonly id: string; readonly company: Membership };

/** What firms that test look at; it comes over the line as one. */
export const TestPages = ({ page, id, company }: TestPagesProps): ReactNode => {
  switch (page) {
    case 'search':
      return <SlotSearch company={company} />;
    case 'slot':
      return <SlotPage id={id} company={company} />;
    case 'book':
      return <BookSlot id={id} company={company} />;
    case 'bookings':
      return <BookingsPage company={company} />;
    case 'booking':
      return <BookingPage id={id} company={company} />;
    case 'move':
      return <MoveBooking id={id} company={company} />;
    case 'report':
      return <ReportPage id={id} company={company} />;
    case 'calendar':
      return <CalendarFeed />;
  }
};
