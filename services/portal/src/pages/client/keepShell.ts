type TrustedScripts = {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: () => string },
  ) => { readonly createScriptURL: (url: string) => string };
};

/** The door wants trusted addresses of scripts only; this policy knows one. */
const addressOfWorker = (): string => {
  const address = '/service-worker.js';
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedScripts };
  return trustedTypes?.createPolicy('service-worker', { createScriptURL: () => address }).createScriptURL(address) ?? address;
};

/** Has the browser keep this page and its files, so that it opens without a line; for that it needs TLS, or this very machine. */
export const keepShell = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(addressOfWorker(), { updateViaCache: 'none' });
  } catch (error) {
    console.warn('This page cannot be kept for when there is no line.', error);
  }
};
