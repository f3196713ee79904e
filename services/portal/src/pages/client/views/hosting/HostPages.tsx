import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import type { SandboxPage } from '../../sandbox/sandboxRoute.ts';
import { EditEnvironmentPage, NewEnvironmentPage } from './EnvironmentForm.tsx';
import { EnvironmentPage } from './EnvironmentPage.tsx';
import { HostingPage } from './HostingPage.tsx';
import { HoursPage, NewHoursPage } from './HoursPages.tsx';
import { OpenSlot } from './OpenSlot.tsx';
import { ResourcesPage } from './ResourcesPage.tsx';
import { WriteReport } from './WriteReport.tsx';

export type HostPage = Extract<
  SandboxPage,
  | 'hosting'
  | 'environment'
  | 'new-environment'
  | 'edit-environment'
  | 'resources'
  | 'open-slot'
  | 'open-hours'
  | 'hours'
  | 'write-report'
>;
type HostPagesProps = { readonly page: HostPage; readonly id: string; readonly company: Membership };

/** What test hosts look at; it comes over the line as one. */
export const HostPages = ({ page, id, company }: HostPagesProps): ReactNode => {
  switch (page) {
    case 'hosting':
      return <HostingPage company={company} />;
    case 'environment':
      return <EnvironmentPage id={id} company={company} />;
    case 'new-environment':
      return <NewEnvironmentPage company={company} />;
    case 'edit-environment':
      return <EditEnvironmentPage key={id} id={id} />;
    case 'resources':
      return <ResourcesPage company={company} />;
    case 'open-slot':
      return <OpenSlot id={id} company={company} />;
    case 'open-hours':
      return <NewHoursPage key={id} id={id} />;
    case 'hours':
      return <HoursPage key={id} id={id} />;
    case 'write-report':
      return <WriteReport key={id} id={id} company={company} />;
  }
};
