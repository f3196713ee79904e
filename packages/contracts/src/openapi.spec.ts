import { Validator } from '@seriousme/openapi-schema-validator';
import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiOptions, editHeaders, page, pageQuery, postHeaders, type RouteMetadata } from './api.ts';
import { identityApi } from './identity/api.ts';
import { matchingApi } from './matching/api.ts';
import { notificationsApi } from './notifications/api.ts';
import { describeApi } from './openapi.ts';
import { profilesApi } from './profiles/api.ts';
import { sandboxApi } from './sandbox/api.ts';
import { tendersApi } from './tenders/api.ts';
import { instant } from './values.ts';

const c = initContract();
const stamp = z.strictObject({ at: instant }).meta({ id: 'Stamp' });
const letter = z.object({ id: z.string(), stamp, copies: z.int() }).meta({ id: 'Letter' });
const post = c.router(
  {
    send: {
      method: 'POST',
      path: '',
      summary: 'Send a letter',
      headers: postHeaders,
      body: z.strictObject({ text: z.string().max(50), copies: z.int().default(1), stamp }),
      responses: { 201: letter },
    },
    list: { method: 'GET', path: '/', query: pageQuery, responses: { 200: page(letter) }, summary: 'All letters' },
    edit: {
      method: 'PATCH',
      path: '/:id',
      headers: editHeaders,
      pathParams: z.object({ id: z.string().max(64) }),
      body: z.strictObject({}).optional(),
      responses: { 200: letter },
    },
    burn: { method: 'DELETE', path: '/:id', body: c.noBody(), responses: { 204: c.noBody() }, summary: 'Burn a letter' },
    live: {
      method: 'GET',
      path: '/live',
      responses: { 200: c.otherResponse({ contentType: 'text/event-stream', body: z.string() }) },
      metadata: { access: 'public' } satisfies RouteMetadata,
    },
    notice: {
      method: 'GET',
      path: '/notice',
      responses: { 200: letter },
      metadata: { access: 'public-part' } satisfies RouteMetadata,
    },
  },
  apiOptions('/api/post'),
);

const about = { url: 'https://umuhuza.example', version: '1.0.0', title: 'Post', description: 'Letters.' };
const described = describeApi({ ...about, contracts: { post }, tags: [{ name: 'post', description: 'Letters' }] });
/** As a client gets it. */
const sent = JSON.parse(JSON.stringify(described));

const problemsFoundIn = async (document: unknown): Promise<unknown> => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
  return valid ? [] : errors;
};

describe('the description of the interface for those who write clients', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    expect(await problemsFoundIn(sent)).toEqual([]);
  });

  it('is valid for the contracts of all services together', async () => {
    const contracts = {
      identity: identityApi,
      profiles: profilesApi,
      matching: matchingApi,
      sandbox: sandboxApi,
      tenders: tendersApi,
      notifications: notificationsApi,
    };
    const whole = JSON.parse(JSON.stringify(describeApi({ ...about, contracts, tags: [] })));
    expect(await problemsFoundIn(whole)).toEqual([]);
    const referred = [...JSON.stringify(whole).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    expect(referred.length).toBeGreaterThan(100);
    expect(referred.filter(([, kind = '', name = '']) => whole.components[kind][name] === undefined)).toEqual([]);
  });

  it('puts each route under its address, named by its part', () => {
    expect(Object.keys(sent.paths)).toEqual(['/api/post', '/api/post/{id}', '/api/post/live', '/api/post/notice']);
    expect(sent.paths['/api/post'].post).toMatchObject({ operationId: 'postSend', tags: ['post'], summary: 'Send a letter' });
    expect(sent.paths['/api/post'].get.operationId).toBe('postList');
  });

  it('describes a request as it is sent: what has a default may be left out, unknown fields are refused', () => {
    const { required, content } = sent.paths['/api/post'].post.requestBody;
    expect(required).toBe(true);
    expect(content['application/json'].schema).toMatchObject({ required: ['text', 'stamp'], additionalProperties: false });
    expect(sent.paths['/api/post/{id}'].patch.requestBody.required).toBe(false);
    expect(sent.paths['/api/post/{id}'].delete.requestBody).toBeUndefined();
  });

  it('describes an answer as it arrives: what has a default is there, new fields may come', () => {
    expect(sent.components.schemas.Letter.required).toEqual(['id', 'stamp', 'copies']);
    expect(sent.components.schemas.Letter.additionalProperties).toBeUndefined();
    expect(sent.paths['/api/post'].post.responses['201'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Letter',
    });
    expect(sent.components.schemas.StampInput.additionalProperties).toBe(false);
    expect(sent.components.schemas.Stamp.properties.at).toEqual({
      type: 'string',
      format: 'date-time',
      description: 'RFC 3339 instant; always answered in UTC with milliseconds',
    });
  });

  it('says of every route how a refusal looks', () => {
    const { responses } = sent.paths['/api/post'].post;
    expect(responses['4XX']).toEqual({ $ref: '#/components/responses/Refused' });
    expect(sent.components.responses.Refused.content).toEqual({
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    });
    expect(sent.components.schemas.Problem.required).toEqual(['type', 'title', 'status', 'detail', 'instance']);
  });

  it('asks for a token everywhere but where the contract says it is public', () => {
    expect(sent.security).toEqual([{ bearer: [] }]);
    expect(sent.paths['/api/post'].post.security).toBeUndefined();
    expect(sent.paths['/api/post/live'].get.security).toEqual([]);
    expect(sent.paths['/api/post/notice'].get.security).toEqual([{}, { bearer: [] }]);
    expect(Object.keys(sent.paths['/api/post/live'].get.responses['200'].content)).toEqual(['text/event-stream']);
  });

  it('names the headers that make repeating and editing safe, and the parts of the address', () => {
    expect(sent.paths['/api/post'].post.parameters).toEqual([{ $ref: '#/components/parameters/IdempotencyKey' }]);
    expect(sent.paths['/api/post/{id}'].patch.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } },
      { $ref: '#/components/parameters/IfMatch' },
    ]);
    expect(sent.paths['/api/post'].get.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
    });
  });

  it('refuses to describe two different things under one name', () => {
    const other = z.object({ stamp: z.string() }).meta({ id: 'Letter' });
    const second = c.router({ get: { method: 'GET', path: '/x', responses: { 200: other } } });
    expect(() => describeApi({ ...about, contracts: { post, second }, tags: [] })).toThrow(
      'Two different schemas are called Letter',
    );
  });
});
