import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import type { SandboxPage } from '../../sandbox/sandboxRoute.ts';
import { CompanyPage } from './CompanyPage.tsx';
import { EditProfilePage } from './ProfileForm.tsx';
import { ProfilePage } from './ProfilePage.tsx';

export type ProfilesPage = Extract<SandboxPage, 'profile' | 'edit-profile' | 'company'>;
type ProfilePagesProps = { readonly page: ProfilesPage; readonly id: string; readonly company: Membership };

/** One’s own profile and those of others; it comes over the line as one. */
export const ProfilePages = ({ page, id, company }: ProfilePagesProps): ReactNode => {
  switch (page) {
    case 'profile':
      return <ProfilePage company={company} />;
    case 'edit-profile':
      return <EditProfilePage company={company} />;
    case 'company':
      return <CompanyPage id={id} />;
  }
};
