import { z } from 'zod';

const officeSchema = z.object({ open: z.boolean() });

type Ask = { readonly url: string; readonly identityPort: number | undefined; readonly code: string };

/** The link that makes the programme office's account; undefined once there is one, or when identity is no part of this system. */
export const askForSetupLink = async ({ url, identityPort, code }: Ask): Promise<string | undefined> => {
  if (identityPort === undefined) return undefined;
  const response = await fetch(`http://127.0.0.1:${identityPort}/api/identity/programme-office`, {
    signal: AbortSignal.timeout(5_000),
    headers: { connection: 'close' },
  });
  if (!response.ok) throw new Error(`identity does not tell whether the programme office has its account (${response.status}).`);
  const { open } = officeSchema.parse(await response.json());
  return open ? `${url}/#/programme-office?code=${encodeURIComponent(code)}` : undefined;
};
