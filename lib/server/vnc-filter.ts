/**
 * What a browser may say to QEMU's VNC server: known messages within limits, everything else ends the connection.
 *
 *   version(12) ──▶ security(1) ──▶ init(1) ──▶ messages: type, fixed head, sometimes a body
 *                                                ├─ pass: as it came (SetEncodings: without unknown encodings)
 *                                                └─ drop: cut text; keys and pointer of a view-only client
 *
 * The filter is a pure state machine over bytes: any split of the stream gives the same result, and no more than
 * one head (260 bytes) is ever held back. It must agree with QEMU on where each message ends, so nothing is passed
 * whose length depends on what was negotiated.
 */
import * as rfb from './rfb';

/** The client said something that does not pass. */
export class VncViolation extends Error {
  override readonly name = 'VncViolation';
}

export interface VncFilterOptions {
  /** Keys and pointer are dropped. */
  viewOnly: boolean;
  /** The guest may be given the browser's clipboard. */
  allowCutText: boolean;
}

/** What to do with a message whose head is complete. */
interface Verdict {
  /** The head that is passed on, null to drop the message. */
  head: Uint8Array | null;
  /** Bytes that follow the head and share its fate. */
  bodyBytes: number;
}

interface Step {
  /** Length of the head, or undefined when more bytes are needed to tell. */
  headBytes(seen: Uint8Array): number | undefined;
  judge(head: Uint8Array, options: VncFilterOptions): Verdict;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const pass = (head: Uint8Array): Verdict => ({ head, bodyBytes: 0 });
const drop: Verdict = { head: null, bodyBytes: 0 };
const fixed = (length: number) => () => length;

const input = (head: Uint8Array, options: VncFilterOptions): Verdict => (options.viewOnly ? drop : pass(head));

const versionStep: Step = {
  headBytes: fixed(rfb.VERSION_3_8.length),
  judge(head) {
    if (String.fromCharCode(...head) !== rfb.VERSION_3_8) throw new VncViolation('Only RFB 3.8 is spoken here.');
    return pass(head);
  },
};

const securityStep: Step = {
  headBytes: fixed(1),
  judge(head) {
    if (head[0] !== rfb.SECURITY_NONE) throw new VncViolation('Only the security type None is offered.');
    return pass(head);
  },
};

/** Every viewer shares: a 0 here would make QEMU throw the other viewers out. */
const initStep: Step = { headBytes: fixed(1), judge: () => pass(Uint8Array.of(1)) };

const HANDSHAKE: readonly Step[] = [versionStep, securityStep, initStep];

const setPixelFormat: Step = {
  headBytes: fixed(20),
  judge(head) {
    if (![8, 16, 32].includes(head[4] ?? 0)) throw new VncViolation('The pixel format is not 8, 16 or 32 bits.');
    return pass(head);
  },
};

const setEncodings: Step = {
  headBytes(seen) {
    if (seen.length < 4) return undefined;
    const count = view(seen).getUint16(2);
    if (count > rfb.MAX_ENCODINGS) throw new VncViolation('Too many encodings.');
    return 4 + 4 * count;
  },
  judge(head) {
    const encodings = [];
    for (let at = 4; at < head.length; at += 4) encodings.push(view(head).getInt32(at));
    const allowed = encodings.filter(rfb.isAllowedEncoding);
    const out = new Uint8Array(4 + 4 * allowed.length);
    out[0] = rfb.CLIENT_MESSAGE.setEncodings;
    view(out).setUint16(2, allowed.length);
    allowed.forEach((encoding, i) => view(out).setInt32(4 + 4 * i, encoding));
    return pass(out);
  },
};

const pointerEvent: Step = {
  headBytes: fixed(6),
  judge(head, options) {
    // The top bit marks a longer message, which was never negotiated.
    if (((head[1] ?? 0) & 0x80) !== 0) throw new VncViolation('An extended pointer event was not agreed on.');
    return input(head, options);
  },
};

const clientCutText: Step = {
  headBytes: fixed(8),
  judge(head, options) {
    const bodyBytes = view(head).getUint32(4);
    if (bodyBytes > rfb.MAX_CUT_TEXT_BYTES) throw new VncViolation('The clipboard text is too long.');
    return { head: options.allowCutText && !options.viewOnly ? head : null, bodyBytes };
  },
};

const setDesktopSize: Step = {
  headBytes(seen) {
    if (seen.length < 7) return undefined;
    const screens = seen[6] ?? 0;
    if (screens < 1 || screens > rfb.MAX_SCREENS) throw new VncViolation('Too many screens.');
    return 8 + 16 * screens;
  },
  judge(head, options) {
    const largest = Math.max(view(head).getUint16(2), view(head).getUint16(4));
    if (largest > rfb.MAX_DESKTOP_PIXELS) throw new VncViolation('The desktop size is too large.');
    return input(head, options);
  },
};

const qemuMessage: Step = {
  headBytes(seen) {
    if (seen.length < 2) return undefined;
    if (seen[1] !== rfb.QEMU_EXTENDED_KEY_EVENT) throw new VncViolation('Audio is not offered.');
    return 12;
  },
  judge: input,
};

const MESSAGES: ReadonlyMap<number, Step> = new Map([
  [rfb.CLIENT_MESSAGE.setPixelFormat, setPixelFormat],
  [rfb.CLIENT_MESSAGE.setEncodings, setEncodings],
  [rfb.CLIENT_MESSAGE.framebufferUpdateRequest, { headBytes: fixed(10), judge: pass }],
  [rfb.CLIENT_MESSAGE.keyEvent, { headBytes: fixed(8), judge: input }],
  [rfb.CLIENT_MESSAGE.pointerEvent, pointerEvent],
  [rfb.CLIENT_MESSAGE.clientCutText, clientCutText],
  [rfb.CLIENT_MESSAGE.setDesktopSize, setDesktopSize],
  [rfb.CLIENT_MESSAGE.qemu, qemuMessage],
]);

export class VncFilter {
  /** Start of a message whose head is not complete. */
  #held: Uint8Array = new Uint8Array(0);
  #handshakeStep = 0;
  #bodyLeft = 0;
  #bodyPasses = false;

  constructor(private readonly options: VncFilterOptions) {}

  /**
   * Takes bytes of the client, gives what may go on to QEMU (not always a copy).
   *
   * @throws VncViolation the connection must end; the filter is of no use after it
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const bytes = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
    const out: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length) {
      const used =
        this.#bodyLeft > 0 ? this.#takeBody(bytes.subarray(at), out) : this.#takeHead(bytes.subarray(at), out);
      if (used === 0) break;
      at += used;
    }
    // A copy: a Buffer's own slice would keep the whole chunk alive.
    this.#held = new Uint8Array(bytes.subarray(at));
    return out;
  }

  #takeBody(bytes: Uint8Array, out: Uint8Array[]): number {
    const part = bytes.subarray(0, this.#bodyLeft);
    this.#bodyLeft -= part.length;
    if (this.#bodyPasses) out.push(part);
    return part.length;
  }

  /** @returns bytes used, 0 when the head is not complete yet */
  #takeHead(bytes: Uint8Array, out: Uint8Array[]): number {
    const step = HANDSHAKE[this.#handshakeStep] ?? MESSAGES.get(bytes[0] ?? -1);
    if (!step) throw new VncViolation(`Client messages of type ${bytes[0]} do not pass.`);
    const headBytes = step.headBytes(bytes);
    if (headBytes === undefined || bytes.length < headBytes) return 0;
    const { head, bodyBytes } = step.judge(bytes.subarray(0, headBytes), this.options);
    if (this.#handshakeStep < HANDSHAKE.length) this.#handshakeStep++;
    this.#bodyLeft = bodyBytes;
    this.#bodyPasses = head !== null;
    if (head) out.push(head);
    return headBytes;
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
