import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { onSignedOut } from './api/platform.ts';
import { useNewSession, useSession, wasSignedIn } from './api/session.ts';
import { Failure } from './parts/Failure.tsx';
import { Frame } from './parts/Frame.tsx';
import { Loading } from './parts/Loading.tsx';
import { lazily } from './parts/lazily.tsx';
import { ViewBoundary } from './parts/ViewBoundary.tsx';
import type { Route } from './route.ts';
import { useRoute } from './useRoute.ts';
import { Enter } from './views/Enter.tsx';
import { NotFound } from './views/NotFound.tsx';
import { SandboxView } from './views/SandboxView.tsx';

// Whoever was signed in before will see it next: it comes while it is still being asked who is there. A failure is not lost: where the
// overview is shown it is loaded again, and what fails then is said there.
const overview = async () => (await import('./views/Overview.tsx')).Overview;
const Overview = lazily(['matching'], overview);
if (wasSignedIn()) overview().catch(() => undefined);
const InboxPage = lazily([], async () => (await import('./views/InboxPage.tsx')).InboxPage);
const ChooseCompany = lazily([], async () => (await import('./views/ChooseCompany.tsx')).ChooseCompany);
const RegisterCompany = lazily([], async () => (await import('./views/RegisterCompany.tsx')).RegisterCompany);
const StaffOverview = lazily([], async () => (await import('./views/StaffOverview.tsx')).StaffOverview);
const Contacts = lazily(['forms', 'matching'], async () => (await import('./views/Contacts.tsx')).Contacts);
const ProgrammeOffice = lazily([], async () => (await import('./views/ProgrammeOffice.tsx')).ProgrammeOffice);
const TenderPage = lazily(
  ['forms', 'matching', 'tenders'],
  async () => (await import('./views/tenders/TenderPage.tsx')).TenderPage,
);
const WriteBid = lazily(['forms', 'tenders'], async () => (await import('./views/tenders/bid/WriteBid.tsx')).WriteBid);
const BidsPage = lazily(['forms', 'tenders'], async () => (await import('./views/tenders/evaluate/BidsPage.tsx')).BidsPage);
const TenderList = lazily(['tenders'], async () => (await import('./views/tenders/TenderList.tsx')).TenderList);
const WriteTender = lazily(['forms', 'tenders'], async () => (await import('./views/tenders/write/WriteTender.tsx')).WriteTender);

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
    return (
      <Frame>
        <Comes>{route.view === 'programme-office' ? <ProgrammeOffice code={route.code} /> : <Enter />}</Comes>
      </Frame>
    );

  const { person, company } = session.data;
  return (
    <Frame session={session.data} route={route}>
      <Comes key={route.view}>
        {company ? (
          <View route={route} company={company} />
        ) : person.organisations.length > 0 ? (
          <ChooseCompany person={person} />
        ) : person.programmeStaff ? (
          <ForStaff route={route} />
        ) : (
          <RegisterCompany />
        )}
      </Comes>
    </Frame>
  );
};

/** A view that may have to be loaded first. */
const Comes = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <ViewBoundary>
    <Suspense fallback={<Loading items={6} />}>{children}</Suspense>
  </ViewBoundary>
);

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

const View = ({ route, company }: { readonly route: Route; readonly company: Membership }): ReactNode => {
  switch (route.view) {
    case 'overview':
    case 'programme-office':
      return <Overview company={company} />;
    case 'inbox':
      return <InboxPage />;
    case 'tenders':
      return <TenderList company={company} />;
    case 'tender-bids':
      return <BidsPage id={route.id} company={company} />;
    case 'tender-bid':
      return <WriteBid id={route.id} step={route.step} company={company} />;
    case 'tender-write':
      return <WriteTender id={route.id} step={route.step} company={company} />;
    case 'tender':
      return <TenderPage id={route.id} company={company} />;
    case 'sandbox':
      return <SandboxView route={route} company={company} />;
    case 'contacts':
      return <Contacts company={company} shown={route.id} />;
    case 'unknown':
      return <NotFound />;
  }
};
