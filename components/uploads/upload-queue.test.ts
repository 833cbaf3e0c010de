import { describe, expect, it } from 'vitest';
import type { TaskView } from '@/lib/shared/task';
import type { UploadCreate, UploadView } from '@/lib/shared/upload';
import type { Chunk } from './chunk-reader';
import { UnreadableFile } from './reader-client';
import { UploadQueue } from './upload-queue';
import { WireError } from './upload-wire';

const CHUNK = 100;
const CUT = () => new WireError('cut', { code: 'internal', message: 'Cut.' });
const refused = (status: number, code: 'no_space' | 'not_found' | 'busy' | 'wrong_state' | 'already_exists') =>
  new WireError(status, { code, message: `No: ${code}.` });

const fileOf = (name: string, size: number, lastModified = 5) =>
  Object.assign(new Blob([new Uint8Array(size)]), { name, lastModified, webkitRelativePath: '' }) as File;

/** A server as the queue sees it: it keeps offsets, and fails as told, once for each word. */
class FakeWire {
  readonly sent: [string, number][] = [];
  readonly removed: string[] = [];
  readonly failures: { create: Error[]; offset: Error[]; send: (Error | 'hang')[]; remove: Error[] } = {
    create: [],
    offset: [],
    send: [],
    remove: [],
  };
  readonly offsets = new Map<string, number>();

  list = async (): Promise<UploadView[]> => [];
  create = async (file: UploadCreate): Promise<UploadView> => {
    throwFirst(this.failures.create);
    const id = `id-${file.name}`;
    this.offsets.set(id, this.offsets.get(id) ?? 0);
    return { ...file, id, offset: this.offsets.get(id) ?? 0 };
  };
  offset = async (id: string): Promise<number> => {
    throwFirst(this.failures.offset);
    return this.offsets.get(id) ?? 0;
  };
  send = async (id: string, chunk: Chunk, _body: Blob, onProgress: (bytes: number) => void, signal: AbortSignal) => {
    onProgress(chunk.sizeBytes / 2);
    const failure = this.failures.send.shift();
    if (failure === 'hang')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(CUT()), { once: true }));
    else if (failure) throw failure;
    this.sent.push([id, chunk.offset]);
    this.offsets.set(id, chunk.offset + chunk.sizeBytes);
    return chunk.offset + chunk.sizeBytes;
  };
  remove = async (id: string): Promise<void> => {
    throwFirst(this.failures.remove);
    this.removed.push(id);
  };
}

function throwFirst(failures: Error[]): void {
  const failure = failures.shift();
  if (failure) throw failure;
}

function open(library: { ref: string; sizeBytes: number; sha256: string | null }[] = []) {
  const wire = new FakeWire();
  const waits: number[] = [];
  const unreadable: string[] = [];
  const queue = new UploadQueue({
    wire,
    openFile: (file) => ({
      chunk: async (offset) => {
        if (unreadable.includes(file.name)) throw new UnreadableFile('gone');
        const sizeBytes = Math.min(CHUNK, file.size - offset);
        return { offset, sizeBytes, blocks: ['x'], wholeSha256: offset + sizeBytes === file.size ? 'h' : null };
      },
      wholeSha256: async () => `hash of ${file.name}`,
      close: () => undefined,
    }),
    now: () => 0,
    wait: async (attempt) => void waits.push(attempt),
  });
  queue.setLibrary(library);
  const phases = () => queue.getItems().map(({ phase }) => phase);
  return { wire, queue, waits, unreadable, phases };
}

const taskOf = (name: string, status: TaskView['status'], error: TaskView['error'] = null): TaskView => ({
  id: `id-${name}`,
  kind: 'upload',
  title: name,
  status,
  doneBytes: 0,
  totalBytes: null,
  bytesPerSecond: null,
  step: null,
  actor: null,
  vmId: null,
  error,
  createdAt: '',
  startedAt: null,
  endedAt: null,
});

describe('the upload queue', () => {
  it('sends a file chunk by chunk, and is done when its task is', async () => {
    const { queue, wire, phases } = open();
    queue.add(fileOf('a.iso', 250));
    await expect.poll(phases).toEqual(['finishing']);
    expect(wire.sent.map(([, offset]) => offset)).toEqual([0, 100, 200]);
    queue.setTasks([taskOf('a.iso', 'running')]);
    expect(phases()).toEqual(['finishing']);
    queue.setTasks([taskOf('a.iso', 'done')]);
    expect(phases()).toEqual(['done']);
  });

  it('goes on after cuts where the server is, and waits longer each time', async () => {
    const { queue, wire, waits, phases } = open();
    wire.failures.create.push(CUT());
    wire.failures.offset.push(CUT(), CUT());
    wire.failures.send.push(CUT());
    queue.add(fileOf('a.iso', 250));
    await expect.poll(phases).toEqual(['finishing']);
    expect(waits).toEqual([0, 0, 1, 2]);
    expect(wire.sent.map(([, offset]) => offset)).toEqual([0, 100, 200]);
  });

  it('gives up when the same bytes arrive wrong again and again', async () => {
    const { queue, wire, phases } = open();
    wire.failures.send.push(...Array.from({ length: 5 }, () => refused(460, 'wrong_state')));
    queue.add(fileOf('a.iso', 50));
    await expect.poll(phases).toEqual(['failed']);
  });

  it.each([
    [507, 'no_space', 'paused'],
    [409, 'busy', 'paused'],
    [409, 'already_exists', 'failed'],
  ] as const)('a refusal (%i %s) leaves it %s, with the reason', async (status, code, phase) => {
    const { queue, wire, phases } = open();
    wire.failures.create.push(refused(status, code));
    queue.add(fileOf('a.iso', 50));
    await expect.poll(phases).toEqual([phase]);
    expect(queue.getItems()[0]?.error?.code).toBe(code);
  });

  it('pauses and goes on; two at a time, the third in its turn', async () => {
    const { queue, wire, phases } = open();
    wire.failures.send.push('hang', 'hang');
    const [a, b] = ['a', 'b', 'c'].map((name) => queue.add(fileOf(name, 50)));
    await expect.poll(phases).toEqual(['sending', 'sending', 'waiting']);
    queue.pause(a ?? '');
    await expect.poll(phases).toEqual(['paused', 'sending', 'finishing']);
    queue.resume(a ?? '');
    await expect.poll(phases).toEqual(['finishing', 'sending', 'finishing']);
    await queue.remove(b ?? '');
    expect([wire.removed, phases()]).toEqual([['id-b'], ['finishing', 'finishing']]);
  });

  it('keeps what the server could not remove', async () => {
    const { queue, wire, phases } = open();
    wire.failures.send.push('hang');
    const key = queue.add(fileOf('a', 50));
    await expect.poll(phases).toEqual(['sending']);
    wire.failures.remove.push(CUT());
    await expect(queue.remove(key)).rejects.toThrow('Cut.');
    expect(phases()).toEqual(['paused']);
  });

  it('lists what a reload left, and goes on when the very same file is chosen', async () => {
    const { queue, wire, phases } = open();
    const upload = { id: 'id-a', name: 'a', folder: null, sizeBytes: 250, modifiedMs: 5, offset: 100 };
    wire.offsets.set('id-a', 100);
    queue.setUnfinished([upload]);
    queue.setUnfinished([upload]);
    expect(phases()).toEqual(['missing']);
    expect(queue.giveFile('id-a', fileOf('a', 250, 6))).toBe(false);
    expect(queue.giveFile('id-a', fileOf('a', 250))).toBe(true);
    await expect.poll(phases).toEqual(['finishing']);
    expect(wire.sent).toEqual([
      ['id-a', 100],
      ['id-a', 200],
    ]);
  });

  it('asks before it sends what the library has', async () => {
    const library = [{ ref: 'old.iso', sizeBytes: 50, sha256: 'hash of a' }];
    const { queue, wire, phases } = open(library);
    const key = queue.add(fileOf('a', 50));
    queue.add(fileOf('b', 50));
    await expect.poll(phases).toEqual(['same', 'finishing']);
    expect(queue.getItems()[0]?.sameAs).toBe('old.iso');
    queue.sendAnyway(key);
    await expect.poll(phases).toEqual(['finishing', 'finishing']);
    expect(wire.sent.map(([id]) => id)).toEqual(['id-b', 'id-a']);
  });

  it('asks for a file that cannot be read any more', async () => {
    const { queue, unreadable, phases } = open();
    unreadable.push('a');
    queue.add(fileOf('a', 50));
    await expect.poll(phases).toEqual(['missing']);
    unreadable.pop();
    queue.add(fileOf('a', 50));
    await expect.poll(phases).toEqual(['finishing']);
  });

  it('hears of an end that the answer did not tell, and of a cancel elsewhere', async () => {
    const { queue, wire, phases } = open();
    queue.setTasks([taskOf('a', 'done')]);
    wire.failures.offset.push(refused(404, 'not_found'));
    queue.add(fileOf('a', 50));
    await expect.poll(phases).toEqual(['done']);
    wire.failures.send.push('hang');
    queue.add(fileOf('b', 50));
    await expect.poll(phases).toEqual(['done', 'sending']);
    queue.setTasks([taskOf('b', 'cancelled')]);
    expect(phases()).toEqual(['done']);
    queue.add(fileOf('c', 50));
    await expect.poll(phases).toEqual(['done', 'finishing']);
    queue.setTasks([taskOf('c', 'failed', { code: 'no_space', message: 'Full.' })]);
    expect(queue.getItems()[1]).toMatchObject({ phase: 'failed', error: { message: 'Full.' } });
  });
});
