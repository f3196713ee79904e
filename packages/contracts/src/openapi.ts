import { type AppRoute, type AppRouter, ContractNoBody, isAppRoute } from '@ts-rest/core';
import { z } from 'zod';
import type { RouteMetadata } from './api.ts';
import { problem } from './problem.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };
export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  readonly responses: Readonly<Record<string, JsonSchema>>;
};
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
export type Tag = { readonly name: string; readonly description: string };

export type ApiDescription = {
  readonly url: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** Each part's contract under its name, which becomes the tag and the beginning of the operation ids. */
  readonly contracts: Readonly<Record<string, AppRouter>>;
  readonly tags: readonly Tag[];
  /** Described by hand: what no contract holds. */
  readonly paths?: Paths;
  /** What a route asks for instead of a token, by the scheme's name; `undefined` leaves it at the contract's word. */
  readonly securityOf?: (part: string, route: string) => Operation['security'];
  readonly securitySchemes?: Readonly<Record<string, JsonSchema>>;
};

/** The OpenAPI 3.1 document of these contracts. Requests are described as they are sent, answers as they arrive. */
export const describeApi = ({ contracts, paths = {}, securityOf = () => undefined, ...about }: ApiDescription) => {
  const components = collectComponents();
  const ofContracts = mergePaths(
    Object.entries(contracts).flatMap(([tag, router]) =>
      routesOf(router).map(([key, route]) => ({
        path: openApiPath(route.path),
        method: route.method.toLowerCase(),
        operation: describeRoute(components, { tag, key, route, security: securityOf(tag, key) }),
      })),
    ),
  );
  components.schemaOf(problem, 'output');
  return {
    openapi: '3.1.1',
    info: { title: about.title, version: about.version, description: about.description },
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    servers: [{ url: about.url }],
    security: [{ bearer: [] }],
    tags: about.tags,
    paths: { ...paths, ...ofContracts },
    components: {
      schemas: components.schemas(),
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: sharedResponses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'The short-lived token of GET /api/auth/token. It names the person and, once one is chosen, the organisation that acts.',
        },
        ...about.securitySchemes,
      },
    },
  };
};
export type OpenApiDocument = ReturnType<typeof describeApi>;

/** What every operation can answer beside its success: a problem of RFC 9457. */
export const refusals = {
  '4XX': { $ref: '#/components/responses/Refused' },
  '5XX': { $ref: '#/components/responses/Failed' },
} as const;

const routesOf = (router: AppRouter): readonly (readonly [string, AppRoute])[] =>
  Object.entries(router).flatMap(([key, entry]) =>
    isAppRoute(entry)
      ? [[key, entry] as const]
      : routesOf(entry).map(([inner, route]) => [`${key}${capitalised(inner)}`, route] as const),
  );

type Described = {
  readonly tag: string;
  readonly key: string;
  readonly route: AppRoute;
  readonly security: Operation['security'];
};

const describeRoute = (components: Components, { tag, key, route, ...asked }: Described): Operation => {
  const access = (route.metadata as RouteMetadata | undefined)?.access;
  const security = asked.security ?? (access && securityFor[access]);
  const parameters = parametersOf(components, route);
  const requestBody = requestBodyOf(components, route);
  return {
    operationId: `${tag}${capitalised(key)}`,
    summary: route.summary ?? key,
    tags: [tag],
    ...(access === undefined ? {} : { description: accessInWords[access] }),
    ...(security === undefined ? {} : { security }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { ...successesOf(components, route), ...refusals },
  };
};

/** Where it differs from the document's own: no token, or one that may be left out. */
const securityFor: Partial<Record<NonNullable<RouteMetadata['access']>, Operation['security']>> = {
  public: [],
  'public-part': [{}, { bearer: [] }],
};

const accessInWords = {
  public: 'Answers without a token.',
  'public-part': 'Answers without a token what everybody may know; with one also what is for its organisation alone.',
  user: 'Any token will do; no organisation needs to be chosen.',
  'programme-staff': 'For the programme’s staff only; for others it does not exist.',
} as const satisfies Record<NonNullable<RouteMetadata['access']>, string>;

const requestBodyOf = (components: Components, route: AppRoute): JsonSchema | undefined => {
  if ((route.metadata as RouteMetadata | undefined)?.upload)
    return { required: true, content: { 'application/octet-stream': {} } };
  if (!('body' in route) || !isSchema(route.body)) return undefined;
  const { schema, required } = components.schemaOf(route.body, 'input');
  const mediaType = route.contentType ?? 'application/json';
  return { required, content: { [mediaType]: { schema } } };
};

/** The contract repeats all refusals on each route; these are described once, by `refusals`. */
const successesOf = (components: Components, route: AppRoute): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(route.responses)
      .filter(([status]) => Number(status) < 400)
      .map(([status, response]) => [status, answerOf(components, Number(status), response)]),
  );

const answerOf = (components: Components, status: number, response: unknown): JsonSchema => {
  const requestId = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
  if (response === ContractNoBody) return { description: 'Done; there is nothing to read.', headers: requestId };
  const { body, mediaType } = isOtherResponse(response)
    ? { body: response.body, mediaType: response.contentType }
    : { body: response, mediaType: 'application/json' };
  const isJson = mediaType === 'application/json';
  return {
    description: status === 201 ? 'Made.' : 'Done.',
    headers: isJson ? { ...requestId, ETag: { $ref: '#/components/headers/ETag' } } : requestId,
    content: { [mediaType]: isSchema(body) ? { schema: components.schemaOf(body, 'output').schema } : {} },
  };
};

const parametersOf = (components: Components, route: AppRoute): readonly JsonSchema[] => {
  const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const inPath = propertiesOf(components, route.pathParams);
  return [
    ...named.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: inPath.find((property) => property.name === name)?.schema ?? { type: 'string' },
    })),
    ...propertiesOf(components, route.query).map((property) => ({ ...property, in: 'query' })),
    ...propertiesOf(components, route.headers).map(
      ({ name, ...header }) => sharedHeaderParameters[name] ?? { ...header, name: headerName(name), in: 'header' },
    ),
  ];
};

type Property = { readonly name: string; readonly required: boolean; readonly schema: JsonSchema };

const propertiesOf = (components: Components, schema: unknown): readonly Property[] => {
  if (!isSchema(schema)) return [];
  const { properties = {}, required = [] } = components.inline(schema) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({ name, required: required.includes(name), schema }));
};

const sharedParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Your own name for this request. Sent again within seven days with the same body, it does nothing twice and gets the first answer; with another body it is refused (422).',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what you read and now edit. When it has changed meanwhile, the edit is refused (412).',
    schema: { type: 'string', maxLength: 200 },
  },
} as const;

const sharedHeaderParameters: Readonly<Record<string, JsonSchema>> = {
  'idempotency-key': { $ref: '#/components/parameters/IdempotencyKey' },
  'if-match': { $ref: '#/components/parameters/IfMatch' },
};

const sharedHeaders = {
  RequestId: { description: 'The id of this request, to quote when asking for help.', schema: { type: 'string' } },
  ETag: { description: 'Names this very answer; give it as If-Match when editing.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait before trying again, where waiting helps.', schema: { type: 'integer' } },
} as const;

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } as const;
const sharedResponses = {
  Refused: {
    description:
      'Refused. `type` names the refusal and leads to a page that explains it; 400 comes with `issues`, 429 with Retry-After.',
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      'Retry-After': { $ref: '#/components/headers/RetryAfter' },
    },
    content: problemContent,
  },
  Failed: {
    description: 'Something failed or is away; repeating later is safe with the same Idempotency-Key.',
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      'Retry-After': { $ref: '#/components/headers/RetryAfter' },
    },
    content: problemContent,
  },
} as const;

type Direction = 'input' | 'output';
type Components = ReturnType<typeof collectComponents>;

/** Turns schemas into JSON Schema; those with an id of their own are described once and referred to. */
const collectComponents = () => {
  const named = new Map<string, JsonSchema>();

  const convert = (schema: z.ZodType, io: Direction) => {
    // Within an object a schema with an id becomes a reference, and `required` tells whether it may be missing.
    const whole = z.toJSONSchema(z.object({ it: schema }), {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // The format says it already; the patterns zod adds to dates are unreadable, and its largest integer is no rule of ours.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        // Answers may gain fields within a version; a client that refuses unknown ones would break.
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    for (const [name, definition] of Object.entries(whole.$defs ?? {}))
      remember(nameOf(name, io), withReferences(definition as JsonSchema, io));
    return {
      schema: withReferences((whole.properties?.it ?? {}) as JsonSchema, io),
      required: whole.required?.includes('it') ?? false,
    };
  };

  const remember = (name: string, definition: JsonSchema) => {
    const known = named.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`Two different schemas are called ${name}; give one of them another id.`);
    named.set(name, definition);
  };

  return {
    schemaOf: convert,
    /** An object's own description, even where it has an id. */
    inline: (schema: z.ZodType): JsonSchema => {
      const { schema: converted } = convert(schema, 'input');
      return typeof converted.$ref === 'string' ? (named.get(converted.$ref.slice(place.length)) ?? {}) : converted;
    },
    schemas: (): Readonly<Record<string, JsonSchema>> => Object.fromEntries([...named].sort(([a], [b]) => a.localeCompare(b))),
  };
};

const place = '#/components/schemas/';

/** What is sent and what is answered differ (defaults, coercion), so a schema with an id has a name for each direction. */
const withReferences = (value: JsonSchema, io: Direction): JsonSchema =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#/$defs/')
        ? `${place}${nameOf(inner.slice('#/$defs/'.length), io)}`
        : inner,
    ),
  ) as JsonSchema;

const nameOf = (name: string, io: Direction): string => (io === 'input' ? `${name}Input` : name);

const openApiPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}').replace(/(?<=.)\/$/, '');

const mergePaths = (
  operations: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[],
): Paths => {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { path, method, operation } of operations) paths[path] = { ...paths[path], [method]: operation };
  return paths;
};

const headerName = (name: string): string => name.split('-').map(capitalised).join('-').replace(/-Id$/, '-ID');
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;
const isOtherResponse = (value: unknown): value is { readonly contentType: string; readonly body: unknown } =>
  typeof value === 'object' && value !== null && 'contentType' in value && !isSchema(value);
