import { expect, it } from 'vitest';
import { openApiDocument } from '@/lib/shared/api/openapi';
import { vmCreate } from '@/lib/shared/vm';
import { curlOf, exampleOf } from './curl';
import { operationsOf } from './operations';

const document = openApiDocument('1');
const curl = (name: string) => curlOf(operationsOf(document, name)[0]!, document);

it('shows how an operation is asked for', () => {
  expect(curl('listVms')).toBe('curl \\\n  -H "Authorization: Bearer $SKEP_TOKEN" \\\n  "$SKEP_URL/api/v1/vms"');
  expect(curl('setVmMedia')).toBe(
    'curl -X PUT \\\n  -H "Authorization: Bearer $SKEP_TOKEN" \\\n  --json \'{"file":"…"}\' \\\n  "$SKEP_URL/api/v1/vms/NAME/cdroms/ID/media"',
  );
  expect(curl('watchEvents')).toContain('curl -N ');
});

it('gives an example that the schema takes, but for the words to fill in', () => {
  const schema = document.paths['/vms']!['post']!.requestBody!.content['application/json'].schema;
  const { issues = [] } = vmCreate.safeParse(exampleOf(schema, document)).error ?? {};
  expect(issues.map(({ path }) => path.join('.'))).toEqual(['name', 'spec.machine.version']);
});

it('finds operations by their words', () => {
  expect(operationsOf(document, 'delete vms disk').map(({ operation }) => operation.operationId)).toEqual([
    'removeDiskFile',
  ]);
});
