import { existsSync, readdirSync } from 'node:fs';

/** Folders of a service that do I/O or speak to others; every other folder of its source is a pure one, by default. */
const edges = [
  'api',
  'auth',
  'bench',
  'door',
  'live',
  'mail',
  'ocds',
  'pages',
  'reactions',
  'receipts',
  'sealing',
  'tell',
  'texts',
];

const pureFolders = readdirSync('services')
  .filter((service) => existsSync(`services/${service}/src`))
  .flatMap((service) =>
    readdirSync(`services/${service}/src`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !edges.includes(entry.name))
      .map(({ name }) => `services/${service}/src/${name}/`),
  );

/** Specs, and what only specs share. */
const specs = '[.](spec|fixture)[.]ts$';

/** The house rules 1–3 of the design, and what keeps a graph readable. No exemptions. */
export default {
  forbidden: [
    {
      name: 'a-service-knows-no-other-service',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    { name: 'packages-know-no-service', severity: 'error', from: { path: '^(packages|infra)/' }, to: { path: '^services/' } },
    ...pureFolders.map((folder) => ({
      name: 'a-pure-folder-imports-only-itself',
      comment: folder,
      severity: 'error',
      from: { path: `^${folder}`, pathNot: specs },
      to: { pathNot: `^${folder}` },
    })),
    {
      name: 'contracts-know-only-schemas',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: specs },
      to: { pathNot: '^(packages/contracts/src/|node_modules/(zod|@ts-rest/core)/)' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'specs-are-not-imported',
      severity: 'error',
      from: { pathNot: `(${specs}|/bench/)` },
      to: { path: specs },
    },
    {
      name: 'production-does-not-test',
      severity: 'error',
      from: {
        path: '^(services|packages/(contracts|documents|eventing|service|embedded-mongo)|infra)/',
        pathNot: `(${specs}|/bench/)`,
      },
      to: { path: '^packages/(testing|journeys)/' },
    },
    { name: 'no-unknown-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]d[.]ts$' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
