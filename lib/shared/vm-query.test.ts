import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, type VmQuery } from './vm-query';

const word = (text: string): VmQuery => ({ kind: 'word', text });
const tag = (text: string): VmQuery => ({ kind: 'text', field: 'tag', text, isExact: false });
const GIB = 1024 ** 3;
const mem = (comparison: '=' | '>' | '>=' | '<' | '<=', value: number): VmQuery => ({
  kind: 'number',
  field: 'mem',
  comparison,
  value,
});

const CASES: [string, VmQuery][] = [
  ['', { kind: 'and', parts: [] }],
  ['web', word('web')],
  ['web db', { kind: 'and', parts: [word('web'), word('db')] }],
  ['web AND db', { kind: 'and', parts: [word('web'), word('db')] }],
  ['web or db', { kind: 'and', parts: [word('web'), word('or'), word('db')] }],
  ['a b OR c', { kind: 'or', parts: [{ kind: 'and', parts: [word('a'), word('b')] }, word('c')] }],
  ['a (b OR c)', { kind: 'and', parts: [word('a'), { kind: 'or', parts: [word('b'), word('c')] }] }],
  ['-a', { kind: 'not', part: word('a') }],
  ['NOT -a', { kind: 'not', part: { kind: 'not', part: word('a') } }],
  ['-(a b)', { kind: 'not', part: { kind: 'and', parts: [word('a'), word('b')] } }],
  ['web-1', word('web-1')],
  ['"two words"', word('two words')],
  ['"OR"', word('OR')],
  ['"tag:web"', word('tag:web')],
  ['tag:web', tag('web')],
  ['TAG:"my tag"', tag('my tag')],
  ['tag:web,db', { kind: 'or', parts: [tag('web'), tag('db')] }],
  ['tag:"a,b"', tag('a,b')],
  ['tag!=web', { kind: 'not', part: { kind: 'text', field: 'tag', text: 'web', isExact: true } }],
  ['name=web-1', { kind: 'text', field: 'name', text: 'web-1', isExact: true }],
  ['mem>2GiB', mem('>', 2 * GIB)],
  ['memory>=1.5g', mem('>=', 1.5 * GIB)],
  ['ram:512MB', mem('=', GIB / 2)],
  ['cpus<4', { kind: 'number', field: 'cpus', comparison: '<', value: 4 }],
  ['port:8080', { kind: 'number', field: 'port', comparison: '=', value: 8080 }],
  ['127.0.0.1:8080', word('127.0.0.1:8080')],
  ['shop:8080', word('shop:8080')],
];

describe('parseQuery', () => {
  it.each(CASES)('reads %j', (text, query) => expect(parseQuery(text)).toEqual({ query, problems: [] }));

  it.each([
    ['web tag:', '“tag:” needs a value, as in tag:web.'],
    ['web mem>2', '“2” is no value of mem; write mem>2GiB.'],
    ['web cpus>2GiB', '“2GiB” is no value of cpus; write cpus>=4.'],
    ['web name>5', '“name” cannot be compared with >; write name:web*.'],
    ['(web', 'A parenthesis is not closed.'],
    ['web)', 'A closing parenthesis has no opening one.'],
  ])('leaves out what makes no sense in %j', (text, problem) =>
    expect(parseQuery(text)).toEqual({ query: word('web'), problems: [problem] }),
  );

  it.each(['web -', 'web NOT', 'web OR', 'OR web', 'web AND', 'web ()', 'web ""'])('waits for more after %j', (text) =>
    expect(parseQuery(text)).toEqual({ query: word('web'), problems: [] }),
  );

  it('reads every text', () => {
    const pieces = fc.constantFrom('(', ')', '-', '"', ' ', 'OR', 'NOT', 'tag:', 'mem>', '2GiB', 'web', '*', ',');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((list) => list.join('')),
    );
    fc.assert(fc.property(text, (input) => void expect(() => parseQuery(input)).not.toThrow()));
    expect(() => parseQuery('('.repeat(100_000))).not.toThrow();
  });

  it('reads back every query that is written out', () => {
    const { query } = fc.letrec<{ query: VmQuery }>((tie) => ({
      query: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(word('web'), word('two words'), word('OR'), tag('x'), mem('<=', 3 * GIB)),
        fc.record({ kind: fc.constant('not' as const), part: tie('query') }),
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          parts: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
        }),
      ),
    }));
    fc.assert(
      fc.property(query, (tree) => void expect(parseQuery(write(tree))).toEqual({ query: tree, problems: [] })),
    );
  });
});

/** A query as one would type it, with every parenthesis. */
function write(query: VmQuery): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return `(${query.parts.map(write).join(query.kind === 'or' ? ' OR ' : ' ')})`;
    case 'not':
      return `-${write(query.part)}`;
    case 'word':
      return `"${query.text}"`;
    case 'text':
      return `${query.field}:${query.text}`;
    case 'number':
      return `${query.field}${query.comparison}${query.value / GIB}GiB`;
  }
}
