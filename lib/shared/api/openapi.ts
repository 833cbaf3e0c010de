/**
 * The REST interface as an OpenAPI 3.1 document, made from the table of routes.
 *
 * What routes take is described as it is sent, what they answer as it arrives. Schemas that have a name become
 * components; all others stand where they are used.
 */
import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode } from '../errors';
import { settings } from '../settings';
import { vmCreate, vmPatch, vmSpec, vmSpecDraft } from '../vm';
import { API_BASE, API_TAGS, COMMON_ERRORS, type Endpoint } from './endpoint';
import { endpointList } from './table';
import * as views from './views';

export type JsonSchema = { [key: string]: unknown };

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface OpenApiResponse {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters: OpenApiParameter[];
  requestBody?: { required: true; content: Record<'application/json', { schema: JsonSchema }> };
  responses: Record<string, OpenApiResponse>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  security: Record<string, never[]>[];
  tags: { name: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** The schemas that are components of the document. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Error: views.errorBody,
  Vm: views.vmView,
  VmSpec: vmSpec,
  VmCreate: vmCreate,
  VmPatch: vmPatch,
  VmSpecDraft: vmSpecDraft,
  VmEvent: views.vmEvent,
  CommandPreview: views.commandPreview,
  Task: views.taskView,
  LibraryFile: views.libraryFile,
  Host: views.hostView,
  Settings: settings,
  Token: views.tokenView,
  NewToken: views.newToken,
};

const ABOUT =
  'Everything that the pages of Skep do. Send a token as “Authorization: Bearer skep_…”, or ask through the unix socket skep.sock in Skep’s home without one. Errors are {error: {code, message}}; long work answers 202 with a task.';

/** Describes all routes. @param version Skep's own */
export function openApiDocument(version: string): OpenApiDocument {
  const schemas = createSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const endpoint of endpointList()) {
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Skep', version, description: ABOUT, license: { name: 'Apache 2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: API_BASE }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.values(API_TAGS).map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the settings page.' },
        session: { type: 'apiKey', in: 'cookie', name: 'skep.session_token', description: 'A browser that signed in.' },
      },
    },
  };
}

interface Schemas {
  components: Record<string, JsonSchema>;
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
}

function createSchemas(): Schemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const components: Record<string, JsonSchema> = {};
  return {
    components,
    of(schema, io) {
      const made = z.toJSONSchema(schema, { metadata: registry, io });
      const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
      const {
        $schema: _,
        $defs = {},
        ...rest
      } = JSON.parse(text) as JsonSchema & { $defs?: Record<string, JsonSchema> };
      for (const [id, found] of Object.entries($defs)) {
        const { id: _id, ...component } = found;
        components[id] = component;
      }
      return rest;
    },
  };
}

function operationOf(endpoint: Endpoint & { name: string }, schemas: Schemas): OpenApiOperation {
  const { name, tag, summary, description, params, query, body } = endpoint;
  return {
    operationId: name,
    tags: [API_TAGS[tag]],
    summary,
    ...(description ? { description } : {}),
    parameters: [
      ...(params ? parametersOf('path', schemas.of(params, 'input')) : []),
      ...(query ? parametersOf('query', schemas.of(query, 'input')) : []),
      ...conditionsOf(endpoint),
    ],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemas.of(body, 'input') } } } }
      : {}),
    responses: { [endpoint.status]: goodResponse(endpoint, schemas), ...badResponses(endpoint, schemas) },
  };
}

function parametersOf(place: 'path' | 'query', object: JsonSchema): OpenApiParameter[] {
  const properties = object['properties'] as Record<string, JsonSchema>;
  const required = (object['required'] ?? []) as string[];
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description: String(description) } : {}),
    schema,
  }));
}

function conditionsOf({ method, etag, ifMatch }: Endpoint): OpenApiParameter[] {
  const header = (name: string, description: string): OpenApiParameter => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...(ifMatch ? [header('If-Match', 'The ETag of what is changed: 412 when it is another by now.')] : []),
    ...(etag && method === 'GET' ? [header('If-None-Match', 'An ETag: 304 when nothing has changed.')] : []),
  ];
}

const TYPES = { text: 'text/plain', bytes: 'application/octet-stream', stream: 'text/event-stream' } as const;

function goodResponse(
  { status, result, format = 'json', etag, location }: Endpoint,
  schemas: Schemas,
): OpenApiResponse {
  const header = (description: string) => ({ description, schema: { type: 'string' } });
  const headers = {
    ...(etag ? { ETag: header('Names this state, for If-Match and If-None-Match.') } : {}),
    ...(location ? { Location: header('The address of what was made.') } : {}),
  };
  const content = result
    ? { 'application/json': { schema: schemas.of(result, 'output') } }
    : format !== 'json' && { [TYPES[format]]: { schema: { type: 'string' } } };
  const words = { 200: 'Done.', 201: 'Made.', 202: 'Begun: a task.', 204: 'Done; there is nothing to say.' };
  return {
    description: words[status],
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(content ? { content } : {}),
  };
}

function badResponses(endpoint: Endpoint, schemas: Schemas): Record<string, OpenApiResponse> {
  const codes: ErrorCode[] = [...COMMON_ERRORS, ...(endpoint.errors ?? [])];
  if (endpoint.ifMatch) codes.push('precondition_failed');
  const schema = schemas.of(z.object({ error: views.errorBody }), 'output');
  return {
    ...(endpoint.etag && endpoint.method === 'GET' ? { 304: { description: 'Nothing has changed.' } } : {}),
    ...Object.fromEntries(
      codes.map((code) => {
        const all = codes.filter((other) => ERROR_STATUS[other] === ERROR_STATUS[code]);
        return [ERROR_STATUS[code], { description: all.join(', '), content: { 'application/json': { schema } } }];
      }),
    ),
  };
}
