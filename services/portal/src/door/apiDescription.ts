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
    contracts,
    tags,
    paths: { ...authPaths, ...platformPaths },
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: publicUrl.protocol === 'https:' ? '__Secure-better-auth.session_token' : 'better-auth.session_token',
        description:
          'The session that signing in begins. It is good for /api/auth only: with it the token for all else is fetched.',
      },
    },
  });

const description = `Umuhuza brings German and Rwandan IT companies together: profiles, matching, tenders with sealed bids, sandbox tests, notifications.

**The way in.** Sign up or sign in (/api/auth), create or choose an organisation, fetch the token (GET /api/auth/token) and send it as \`Authorization: Bearer …\`. It lasts a few minutes; fetch it again before it ends, after a 401, and after choosing another organisation.

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

const text = { type: 'string' } as const;
const object = (properties: JsonSchema, required: readonly string[] = Object.keys(properties)) =>
  ({ type: 'object', properties, ...(required.length === 0 ? {} : { required }) }) as const;
const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });
const answers = (schema: JsonSchema, says = 'Done.') => ({ 200: { description: says, ...json(schema) }, ...refusals });
const asks = (schema: JsonSchema) => ({ required: true, ...json(schema) });

const user = object({ id: text, name: text, email: { type: 'string', format: 'email' } });
const organisation = object({ id: text, name: text, slug: text, country: { type: 'string', enum: ['DE', 'RW'] } });
const email = { type: 'string', format: 'email', maxLength: 254 } as const;
const password = { type: 'string', minLength: 10, maxLength: 128 } as const;
const withSession = { tags: ['auth'], security: [{ session: [] }] } as const;
const withoutSession = { tags: ['auth'], security: [] } as const;

/** The routes of the account library that a client needs; it serves some more. */
const authPaths: Paths = {
  '/api/auth/sign-up/email': {
    post: {
      ...withoutSession,
      operationId: 'authSignUp',
      summary: 'Make an account and begin a session',
      requestBody: asks(object({ name: { type: 'string', minLength: 1, maxLength: 120 }, email, password })),
      responses: answers(
        object({ token: { type: ['string', 'null'], description: 'Names the session; it is no bearer token.' }, user }),
      ),
    },
  },
  '/api/auth/sign-in/email': {
    post: {
      ...withoutSession,
      operationId: 'authSignIn',
      summary: 'Begin a session',
      requestBody: asks(object({ email, password: { type: 'string', maxLength: 128 } })),
      responses: answers(object({ token: { ...text, description: 'Names the session; it is no bearer token.' }, user })),
    },
  },
  '/api/auth/sign-out': {
    post: {
      ...withSession,
      operationId: 'authSignOut',
      summary: 'End the session',
      requestBody: { required: true, ...json({ type: 'object', additionalProperties: false }) },
      responses: answers(object({ success: { type: 'boolean' } })),
    },
  },
  '/api/auth/organization/create': {
    post: {
      ...withSession,
      operationId: 'authCreateOrganisation',
      summary: 'Register a company; you become its owner, and it is chosen for this session',
      requestBody: asks(
        object({
          name: { type: 'string', minLength: 1, maxLength: 200 },
          slug: {
            type: 'string',
            description: 'What stands in addresses; unique.',
            pattern: '^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$',
          },
          country: { type: 'string', enum: ['DE', 'RW'], description: 'Where it is registered; it cannot be changed later.' },
        }),
      ),
      responses: answers(organisation),
    },
  },
  '/api/auth/organization/list': {
    get: {
      ...withSession,
      operationId: 'authListOrganisations',
      summary: 'Your organisations',
      responses: answers({ type: 'array', items: organisation }),
    },
  },
  '/api/auth/organization/set-active': {
    post: {
      ...withSession,
      operationId: 'authSetActiveOrganisation',
      summary: 'Choose the organisation this session acts for; fetch the token again afterwards',
      requestBody: asks(object({ organizationId: text })),
      responses: answers(organisation),
    },
  },
  '/api/auth/token': {
    get: {
      ...withSession,
      operationId: 'authToken',
      summary: 'The bearer token for everything else; it lasts a few minutes',
      responses: answers(object({ token: { ...text, description: 'A JWT signed with EdDSA; its keys are at /api/auth/jwks.' } })),
    },
  },
};

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
