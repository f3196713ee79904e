import { authApi } from '@umuhuza/contracts/identity/authApi';
import { describeApi, type JsonSchema, type OpenApiDocument, type Paths, refusals, type Tag } from '@umuhuza/contracts/openapi';
import about from '../../package.json' with { type: 'json' };
import { contracts } from './contracts.ts';
import type { ServiceName } from './services.ts';

/** The OpenAPI document of everything behind this door. */
export const apiDescription = (publicUrl: URL): OpenApiDocument =>
  describeApi({
    url: publicUrl.origin,
    version: about.version,
    title: 'Umuhuza',
    description,
    contracts: { auth: authApi, ...contracts },
    tags,
    paths: platformPaths,
    securityOf: (part, route) => (part !== 'auth' ? undefined : withoutSession.has(route) ? [] : [{ session: [] }]),
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: publicUrl.protocol === 'https:' ? '__Secure-umuhuza.session_token' : 'umuhuza.session_token',
        description:
          'The session that signing in begins. It is good for /api/auth only: with it the token for all else is fetched.',
      },
    },
  });

const description = `Umuhuza brings German and Rwandan IT companies together: profiles, matching, tenders with sealed bids, sandbox tests, notifications.

**The way in.** Sign up or sign in (/api/auth), create or choose an organisation, fetch the token (GET /api/auth/token) and send it as \`Authorization: Bearer …\`. Programs send the platform’s address as \`Origin\` with each POST to /api/auth. The token lasts a few minutes; fetch it again before it ends, after a 401, and after choosing another organisation.

**Refusals** are application/problem+json (RFC 9457). \`type\` names the refusal and leads to a page that explains it; all of them are listed under /problems. \`instance\` is the request id.

**Repeating.** Send an Idempotency-Key with each POST; then it can be repeated without doing anything twice.

**Values.** Money is an integer of minor units with its ISO 4217 currency. Instants are RFC 3339, always answered in UTC. Ids are opaque. Lists come in pages: give \`next\` back as \`cursor\`. Answers may gain fields; ignore those you do not know.`;

const partTags = {
  identity: 'Who is signed in, and the programme office.',
  profiles: 'What a company offers, needs and has proven.',
  matching: 'Who fits whom and why; interests and cooperations.',
  sandbox: 'Test environments in Rwanda, slots, bookings and waitlists.',
  tenders: 'Tenders, questions, sealed bids, award.',
  notifications: 'Inbox, live stream and preferences.',
} as const satisfies Record<ServiceName, string>;

const tags: readonly Tag[] = [
  { name: 'auth', description: 'Accounts, sessions, organisations and the token. Cookies are set and read here only.' },
  ...Object.entries(partTags).map(([name, description]) => ({ name, description })),
  { name: 'platform', description: 'Whether the platform works.' },
];

/** Where a session begins, and the keys that everybody may read. */
const withoutSession = new Set<string>(['signUp', 'signIn', 'session', 'jwks'] satisfies (keyof typeof authApi)[]);

const text = { type: 'string' } as const;
const object = (properties: JsonSchema, required: readonly string[] = Object.keys(properties)) =>
  ({ type: 'object', properties, ...(required.length === 0 ? {} : { required }) }) as const;
const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });
const answers = (schema: JsonSchema, says = 'Done.') => ({ 200: { description: says, ...json(schema) }, ...refusals });

const platformPaths: Paths = {
  '/livez': {
    get: {
      operationId: 'platformAlive',
      summary: 'The door is there',
      tags: ['platform'],
      security: [],
      responses: answers(object({ status: { const: 'alive' } })),
    },
  },
  '/readyz': {
    get: {
      operationId: 'platformReady',
      summary: 'Every part of the platform is there; otherwise 503 says which one is missing',
      tags: ['platform'],
      security: [],
      responses: answers(object({ status: { const: 'ready' }, services: { type: 'object', additionalProperties: text } })),
    },
  },
};
