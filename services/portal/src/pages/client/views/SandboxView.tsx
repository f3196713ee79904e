import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { lazily } from '../parts/lazily.tsx';
import type { SandboxRoute } from '../sandbox/sandboxRoute.ts';

const TestPages = lazily(['sandbox', 'forms'], async () => (await import('./sandbox/TestPages.tsx')).TestPages);
const ProfilePages = lazily(
  ['profile', 'sandbox', 'forms', 'tenders'],
  async () => (await import('./profile/ProfilePages.tsx')).ProfilePages,
);
const HostPages = lazily(['sandbox', 'forms'], async () => (await import('./hosting/HostPages.tsx')).HostPages);

type SandboxViewProps = { readonly route: SandboxRoute; readonly company: Membership };

/** Leads to the pages of sandbox tests and profiles, each group of which is loaded when it is first looked at. */
export const SandboxView = ({ route: { page, id }, company }: SandboxViewProps): ReactNode => {
  switch (page) {
    case 'search':
    case 'slot':
    case 'book':
    case 'bookings':
    case 'booking':
    case 'move':
    case 'report':
    case 'calendar':
      return <TestPages page={page} id={id} company={company} />;
    case 'hosting':
    case 'environment':
    case 'new-environment':
    case 'edit-environment':
    case 'resources':
    case 'open-slot':
    case 'open-hours':
    case 'hours':
    case 'write-report':
      return <HostPages page={page} id={id} company={company} />;
    case 'profile':
    case 'edit-profile':
    case 'company':
      return <ProfilePages page={page} id={id} company={company} />;
  }
};
