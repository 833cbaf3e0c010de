import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256, toHex } from './sha256';

it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('hashes %j as the standard says', (text, hash) => {
  expect(toHex(new Sha256().update(new TextEncoder().encode(text)).digest())).toBe(hash);
});

it('says the same as Node, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), (pieces) => {
      const [ours, nodes] = [new Sha256(), createHash('sha256')];
      for (const piece of pieces) {
        ours.update(piece);
        nodes.update(piece);
      }
      expect(toHex(ours.digest())).toBe(nodes.digest('hex'));
    }),
  );
  const long = randomBytes(3_000_001);
  expect(toHex(new Sha256().update(long).digest())).toBe(createHash('sha256').update(long).digest('hex'));
});
