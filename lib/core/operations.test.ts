import { describe, expect, it } from 'vitest';
import { Operations } from './operations';

const vm = { id: 'a', name: 'alpha' };

/** A promise with its handles outside. */
function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>((r) => (resolve = r));
  return { promise, resolve };
}

describe('Operations', () => {
  it('joins the same verb and refuses another', async () => {
    const operations = new Operations(() => undefined);
    const gate = deferred();
    let runs = 0;
    const work = async () => {
      runs++;
      await gate.promise;
    };
    const first = operations.run(vm, 'start', work);
    const second = operations.run(vm, 'start', work);
    await expect(operations.run(vm, 'pause', work)).rejects.toMatchObject({ code: 'busy' });
    gate.resolve();
    await Promise.all([first, second]);
    expect(runs).toBe(1);
    expect(operations.find('a')).toBeUndefined();
  });

  it('lets force off interrupt and run after the end of what it interrupted', async () => {
    const operations = new Operations(() => undefined);
    const order: string[] = [];
    const start = operations.run(vm, 'start', async (operation) => {
      await new Promise<void>((resolve) => operation.abort.signal.addEventListener('abort', () => resolve()));
      order.push('start ended');
    });
    await operations.run(vm, 'force-off', () => {
      order.push('force off');
      return Promise.resolve();
    });
    await start;
    expect(order).toEqual(['start ended', 'force off']);
  });

  it('frees the VM when the work throws, and tells of begin and end', async () => {
    const changes: (string | undefined)[] = [];
    const operations: Operations = new Operations((id) => changes.push(operations.find(id)?.verb));
    await expect(operations.run(vm, 'save', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(changes).toEqual(['save', undefined]);
  });
});
