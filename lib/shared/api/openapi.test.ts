import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { endpointList } from './table';
import { openApiDocument } from './openapi';

const document = openApiDocument('1.2.3');

it('is a valid OpenAPI document', async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('describes every route, and nothing else', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(
    endpointList()
      .map(({ name, method, path }) => `${name} ${method} ${path}`)
      .sort(),
  );
});

it('names what the path holds, and refers to nothing that is not there', () => {
  for (const { path, params } of endpointList()) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([path, Object.keys(params?.shape ?? {}).sort()]).toEqual([path, names.sort()]);
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  const missing = references.map(([, name = '']) => name).filter((name) => !(name in document.components.schemas));
  expect(missing).toEqual([]);
  expect(references.length).toBeGreaterThan(50);
});

it('describes what is sent as it is sent: a default need not be given', () => {
  const { schemas } = document.components;
  expect(schemas['VmCreate']?.['required']).toEqual(['name', 'spec']);
  expect(document.paths['/vms']?.['get']?.parameters.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  });
});
