/** Each is loaded when it is named, so that a bench of memory does not weigh the others' libraries. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  http: async () => (await import('./http.ts')).httpBench(),
  start: async () => (await import('./start.ts')).startBench(),
  eventing: async () => (await import('./eventing.ts')).eventingBench(),
  sandbox: async () => (await import('./sandbox.ts')).sandboxBench(),
  poison: async () => (await import('./poison.ts')).poisonBench(),
  tenders: async () => (await import('./tenders.ts')).tendersBench(),
  notices: async () => (await import('./notices.ts')).noticesBench(),
  'embedded-mongo': async () => (await import('./embeddedMongo.ts')).embeddedMongoFigures(),
};

const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench) await bench();
else {
  process.stderr.write(`Name a bench: npm run bench -- ${Object.keys(benches).join(' | ')}\n`);
  process.exitCode = 1;
}
