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
import { ChooseCompany } from './views/ChooseCompany.tsx';
import { Enter } from './views/Enter.tsx';
import { InboxPage } from './views/InboxPage.tsx';
import { NotFound } from './views/NotFound.tsx';
import { Overview } from './views/Overview.tsx';
import { RegisterCompany } from './views/RegisterCompany.tsx';
import { SandboxView } from './views/SandboxView.tsx';
import { StaffOverview } from './views/StaffOverview.tsx';

const Contacts = lazily([], async () => (await import('./views/Contacts.tsx')).Contacts);
const ProgrammeOffice = lazily([], async () => (await import('./views/ProgrammeOffice.tsx')).ProgrammeOffice);
const TenderPage = lazily(['tenders'], async () => (await import('./views/TenderPage.tsx')).TenderPage);

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
      {company ? (
        <Comes key={route.view}>
          <View route={route} company={company} />
        </Comes>
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
    case 'sandbox':
      return <SandboxView route={route} company={company} />;
    case 'contacts':
      return <Contacts company={company} shown={route.id} />;
    case 'unknown':
      return <NotFound />;
  }
};
