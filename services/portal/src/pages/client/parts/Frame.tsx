import type { ReactNode } from 'react';
import type { Session } from '../api/session.ts';
import type { Route } from '../route.ts';
import { useText } from '../texts/useText.ts';
import { Account } from './Account.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { LiveInbox } from './LiveInbox.tsx';
import { Navigation } from './Navigation.tsx';
import { Offline } from './Offline.tsx';

type FrameProps = {
  readonly session?: Exclude<Session, 'signed-out'>;
  readonly route?: Route;
  /** Somebody is probably signed in and will be known in a moment: place is held for what then stands here. */
  readonly isAwaited?: boolean;
  readonly children: ReactNode;
};

/** What stands around every view. */
export const Frame = ({ session, route, isAwaited = false, children }: FrameProps): ReactNode => {
  const { t } = useText();
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {t('skip-to-content')}
      </button>
      <header className="bar">
        <a className="brand" href="#/">
          Umuhuza
        </a>
        {session ? <Account session={session} /> : isAwaited && <div className="account" />}
        <LanguageChoice />
      </header>
      {session && route ? <Navigation route={route} company={session.company} /> : isAwaited && <div className="tabs" />}
      <Offline />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {session && <LiveInbox key={session.person.userId} />}
    </>
  );
};
