import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me, Membership } from '@umuhuza/contracts/identity/schemas';
import { useCallback } from 'react';
import { orReadLast } from '../forms/readLast.ts';
import { dropAllTyped, keepTypedOf } from '../forms/typed.ts';
import type { Language } from '../texts/language.ts';
import { ConnectionLost, expecting, Refused } from './answers.ts';
import { auth, identity, tokens } from './platform.ts';

/** Who is there: nobody, or a person with the companies it may act for. */
export type Session =
  | {
      readonly person: Me;
      readonly company: Membership | undefined;
      /** Known from this device only: there is no line, and the platform has yet to confirm it. */
      readonly isUnconfirmed?: true;
    }
  | 'signed-out';

const mark = 'umuhuza.was-signed-in';
/** A guess, for the look of the page only, until the session is known. */
export const wasSignedIn = (): boolean => localStorage.getItem(mark) === 'yes';

const sessionName = 'session';
type KnownSession = { readonly person: Me; readonly whose: string | undefined };

const askWhoIsThere = async (): Promise<KnownSession | undefined> => {
  if ((await tokens.current()) === undefined) return undefined;
  const person = await expecting(200, identity.me());
  keepTypedOf(localStorage, person.userId);
  localStorage.setItem(mark, 'yes');
  return { person, whose: tokens.whose() };
};

const readSession = async (): Promise<Session> => {
  let isLost = false;
  const known = await orReadLast(localStorage, sessionName, () =>
    askWhoIsThere().catch((error: unknown) => {
      isLost = error instanceof ConnectionLost;
      throw error;
    }),
  );
  if (!known) {
    localStorage.removeItem(mark);
    return 'signed-out';
  }
  const { person, whose } = known;
  const company = person.organisations.find(({ organisationId }) => organisationId === person.active);
  if (!isLost) return { person, company };
  // What is typed now is meant in this name, and is sent in no other when the line is back.
  if (whose !== undefined) tokens.expect(whose);
  if (!navigator.onLine) onlineManager.setOnline(false);
  return { person, company, isUnconfirmed: true };
};

export const sessionKey = ['session'] as const;
/** Milliseconds between tries to have it confirmed. */
const confirmEvery = 5_000;
export const useSession = () =>
  useQuery({
    queryKey: sessionKey,
    queryFn: readSession,
    staleTime: 300_000,
    networkMode: 'offlineFirst',
    refetchOnReconnect: 'always',
    refetchInterval: ({ state: { data } }) => (data && data !== 'signed-out' && data.isUnconfirmed ? confirmEvery : false),
  });

/** Begins anew with whoever is signed in now: nothing of another person or company stays on the page. */
export const useNewSession = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return useCallback(async () => {
    tokens.beginAnew();
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    await queries.resetQueries({ queryKey: sessionKey });
  }, [queries]);
};

export type SignIn = { readonly email: string; readonly password: string };
export type SignUp = SignIn & { readonly name: string; readonly language: Language };

export const signIn = async (body: SignIn): Promise<void> => {
  await expecting(200, auth.signIn({ body }));
};

/** Where an account with this address and this very password exists, an earlier try came through unnoticed: it is signed in to. */
export const signUp = async (body: SignUp): Promise<void> => {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await orElseSignIn('user-already-exists', body, () => expecting(200, auth.signUp({ body: { ...body, timeZone } })));
};

export type OpenOffice = SignIn & { readonly code: string; readonly name: string };

export const openProgrammeOffice = async ({ code, name, email, password }: OpenOffice): Promise<void> => {
  await orElseSignIn('programme-office-closed', { email, password }, async () => {
    await expecting(201, identity.openProgrammeOffice({ body: { code, name, email, password } }));
    await signIn({ email, password });
  });
};

const orElseSignIn = async (refusal: string, { email, password }: SignIn, make: () => Promise<unknown>): Promise<void> => {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal !== refusal) throw error;
    const signedIn = await auth.signIn({ body: { email, password } });
    if (signedIn.status !== 200) throw error;
  }
};

export const signOut = async (): Promise<void> => {
  await expecting(200, auth.signOut({ body: {} }));
  dropAllTyped(localStorage);
};

export const actFor = async (organizationId: string): Promise<void> => {
  await expecting(200, auth.setActive({ body: { organizationId } }));
};

export type Registration = { readonly name: string; readonly slug: string; readonly country: 'DE' | 'RW' };

/** Registers the company, or goes on with it where an earlier try came through unnoticed. */
export const register = async (body: Registration): Promise<void> => {
  try {
    await expecting(200, auth.createOrganisation({ body }));
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal !== 'organization-already-exists') throw error;
    const mine = (await expecting(200, auth.organisations())).find(({ slug }) => slug === body.slug);
    if (!mine) throw error;
    await actFor(mine.id);
  }
};
