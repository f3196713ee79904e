/** How many isolated NATS accounts a run has; each test file that needs a broker leases one. */
export const accounts = 200;

/** The user and password of a leased account. They guard nothing: the server lives for one run on loopback. */
export const accountUser = (n: number) => ({ user: `file${n}`, password: 'test' });

/** A server with one JetStream account a test file, so that files share a broker and never each other's streams. */
export const accountsConfig = ({ host, port, storeDir }: { host: string; port: number; storeDir: string }): string =>
  [
    `host: "${host}"`,
    `port: ${port}`,
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_file_store: 100TB }`,
    // On a machine that is busy with other files a client may not get to say who it is within the usual second or two.
    'authorization { timeout: 60 }',
    'accounts {',
    ...Array.from({ length: accounts }, (_, n) => {
      const { user, password } = accountUser(n);
      return `  FILE${n} { jetstream: enabled, users: [{ user: ${user}, password: ${password} }] }`;
    }),
    '}',
  ].join('\n');
