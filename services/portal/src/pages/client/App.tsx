import { type ReactNode, useEffect, useRef } from 'react';
import { onSignedOut } from './api/platform.ts';
import { useNewSession, useSession, wasSignedIn } from './api/session.ts';
import { Failure } from './parts/Failure.tsx';
import { Frame } from './parts/Frame.tsx';
import { Loading } from './parts/Loading.tsx';
import type { Route } from './route.ts';
import { useRoute } from './useRoute.ts';
import { BookingPage } from './views/BookingPage.tsx';
import { ChooseCompany } from './views/ChooseCompany.tsx';
import { Contacts } from './views/Contacts.tsx';
import { Enter } from './views/Enter.tsx';
import { InboxPage } from './views/InboxPage.tsx';
import { NotFound } from './views/NotFound.tsx';
import { Overview } from './views/Overview.tsx';
import { ProgrammeOffice } from './views/ProgrammeOffice.tsx';
import { RegisterCompany } from './views/RegisterCompany.tsx';
import { SlotPage } from './views/SlotPage.tsx';
import { StaffOverview } from './views/StaffOverview.tsx';
import { TenderPage } from './views/TenderPage.tsx';

export const App = (): ReactNode => {
  const route = useRoute();
  const session = useSession();
  const beginAnew = useNewSession();
  useEffect(() => onSignedOut(() => void beginAnew()), [beginAnew]);
  useTopOfView(route);

  if (session.isPending)
    return (
      <Frame isAwaited={wasSignedIn()}>
        <Loading items={4} />
      </Frame>
    );
  if (session.isError)
    return (
      <Frame>
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </Frame>
    );
  if (session.data === 'signed-out')
    return <Frame>{route.view === 'programme-office' ? <ProgrammeOffice code={route.code} /> : <Enter />}</Frame>;

  const { person, company } = session.data;
  return (
    <Frame session={session.data} route={route}>
      {company ? (
        <View route={route} company={company} />
      ) : person.organisations.length > 0 ? (
        <ChooseCompany person={person} />
      ) : person.programmeStaff ? (
        <ForStaff route={route} />
      ) : (
        <RegisterCompany />
      )}
    </Frame>
  );
};

/** A new view begins at its top, and whoever goes by keyboard goes on from there. */
const useTopOfView = (route: Route): void => {
  const before = useRef(route);
  useEffect(() => {
    if (before.current === route) return;
    before.current = route;
    scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [route]);
};

const ForStaff = ({ route }: { readonly route: Route }): ReactNode =>
  route.view === 'inbox' ? <InboxPage /> : <StaffOverview />;

const View = ({
  route,
  company,
}: {
  readonly route: Route;
  readonly company: Parameters<typeof Overview>[0]['company'];
}): ReactNode => {
  switch (route.view) {
    case 'overview':
    case 'programme-office':
      return <Overview company={company} />;
    case 'inbox':
      return <InboxPage />;
    case 'tender':
      return <TenderPage id={route.id} company={company} />;
    case 'booking':
      return <BookingPage id={route.id} company={company} />;
    case 'slot':
      return <SlotPage id={route.id} />;
    case 'contacts':
      return <Contacts company={company} shown={route.id} />;
    case 'unknown':
      return <NotFound />;
  }
};
