/**
 * One VM's screen in one page: a VNC session that is replaced by a new one whenever it is lost.
 *
 *   element ┬ still   the last picture of a lost session, until the next one draws
 *           └ live    noVNC's own elements
 */
import RFB from '@novnc/novnc';
import { fetchTicket, socketUrl, ticketProtocols } from '../live/ticket';
import { ConsoleLink, type LinkState } from './console-link';
import { strokesOf, type Key, type Stroke } from './keys';
import { StickyKeys } from './sticky-keys';
import { Store } from './store';

/** Larger screens are refused: a hostile server could ask for gigabytes. */
const MAX_SIDE_PIXELS = 8192;
/** The new session has drawn by then; until then the old picture stays. */
const STILL_MS = 250;

/** A VNC session that does not let the server take the tab's memory. */
class BoundedRfb extends RFB {
  /** True while Shift is held for the person: their letters arrive small. */
  isShiftHeld = () => false;

  protected override _resize(width: number, height: number): void {
    if (width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS) this.disconnect();
    else super._resize(width, height);
  }

  /** A small letter while Shift is down makes QEMU believe in Caps Lock, and press it. */
  override sendKey(keysym: number, code: string | null, down?: boolean): void {
    const isSmall = keysym >= 0x61 && keysym <= 0x7a;
    super.sendKey(isSmall && this.isShiftHeld() ? keysym - 0x20 : keysym, code, down);
  }
}

export interface DisplayOptions {
  viewOnly: boolean;
  /** Scales the picture to the space; otherwise one guest pixel is one pixel. */
  fit: boolean;
}

export class DisplaySession {
  readonly state = new Store<LinkState>({ phase: 'off', reason: null });
  readonly link: ConsoleLink;
  readonly sticky = new StickyKeys((strokes) => this.#send(strokes));
  readonly #still = document.createElement('div');
  readonly #live = document.createElement('div');
  #rfb: RFB | undefined;
  #options: DisplayOptions = { viewOnly: false, fit: true };
  /** The present socket was opened for looking only: the server drops keys whatever the page says. */
  #socketIsViewOnly = false;

  /** @param label the canvas's name for screen readers */
  constructor(
    private readonly vmId: string,
    private readonly label: string,
  ) {
    this.#still.className = 'absolute inset-0 flex overflow-hidden opacity-40 grayscale';
    this.#still.setAttribute('aria-hidden', 'true');
    this.#live.className = 'absolute inset-0';
    // noVNC takes the event before it bubbles. Its own key goes up first, then what was held.
    this.#live.addEventListener('keyup', ({ code }) => setTimeout(() => this.sticky.onKeyUp(code)), { capture: true });
    this.link = new ConsoleLink({
      kind: 'vnc',
      vmId,
      path: () => this.#path(),
      attach: (socket) => this.#attach(socket),
      onState: (state) => {
        if (state.phase !== 'connected') this.#retire();
        this.state.set(state);
      },
      fetchTicket,
      openSocket: (path, ticket) => new WebSocket(socketUrl(path), ticketProtocols(ticket)),
    });
  }

  /** Shows the screen in `element` and connects. */
  open(element: HTMLElement): void {
    element.replaceChildren(this.#still, this.#live);
    this.link.start();
  }

  close(): void {
    this.link.stop();
    this.#still.replaceChildren();
    this.#still.remove();
    this.#live.remove();
  }

  setOptions(options: DisplayOptions): void {
    if (options.viewOnly) this.sticky.release();
    this.#options = options;
    this.#applyOptions();
    if (this.#socketIsViewOnly && !options.viewOnly) this.link.restart();
  }

  focus(): void {
    this.#rfb?.focus({ preventScroll: true });
  }

  press(keys: readonly Key[]): void {
    this.send(strokesOf(keys));
  }

  /** Sends keys; what is held for the person goes with them, and is let go. */
  send(strokes: readonly Stroke[]): void {
    this.#send(strokes);
    this.sticky.release();
  }

  /** The guest's picture as it is now, null while there is none. */
  get canvas(): HTMLCanvasElement | null {
    return this.#live.querySelector('canvas');
  }

  #send(strokes: readonly Stroke[]): void {
    for (const { keysym, code, down } of strokes) this.#rfb?.sendKey(keysym, code, down);
  }

  /** The guest's picture as a PNG, in its own size. @throws Error when there is no picture */
  screenshot(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error('There is no picture to save yet.'));
      if (!this.#rfb) return fail();
      return this.#rfb.toBlob((blob) => (blob ? resolve(blob) : fail()), 'image/png');
    });
  }

  #path(): string {
    this.#socketIsViewOnly = this.#options.viewOnly;
    const query = new URLSearchParams({ vm: this.vmId });
    if (this.#options.viewOnly) query.set('mode', 'view');
    return `/ws/vnc?${query}`;
  }

  #attach(socket: WebSocket): void {
    const rfb = new BoundedRfb(this.#live, socket, { shared: true });
    this.#rfb = rfb;
    rfb.isShiftHeld = () => this.sticky.held.get().includes('Shift');
    rfb.background = 'transparent';
    // The wire is short and QEMU compresses in its main loop: little compression, no loss.
    rfb.compressionLevel = 1;
    rfb.qualityLevel = 9;
    this.#applyOptions();
    rfb.addEventListener('connect', () => {
      if (this.#rfb !== rfb) return;
      this.#nameCanvas();
      this.link.up();
      setTimeout(() => this.#rfb === rfb && this.#still.replaceChildren(), STILL_MS);
    });
  }

  #applyOptions(): void {
    if (!this.#rfb) return;
    this.#rfb.viewOnly = this.#options.viewOnly;
    this.#rfb.scaleViewport = this.#options.fit;
  }

  #nameCanvas(): void {
    const canvas = this.#live.querySelector('canvas');
    canvas?.setAttribute('role', 'application');
    canvas?.setAttribute('aria-label', this.label);
    canvas?.setAttribute('tabindex', '0');
  }

  /** Ends the present session and keeps its picture, if it has drawn one. */
  #retire(): void {
    const rfb = this.#rfb;
    if (!rfb) return;
    this.#rfb = undefined;
    this.sticky.forget();
    const canvas = this.#live.querySelector('canvas');
    rfb.disconnect();
    this.#live.replaceChildren();
    if (!canvas || canvas.width === 0) return;
    canvas.removeAttribute('role');
    canvas.removeAttribute('tabindex');
    this.#still.replaceChildren(canvas);
  }
}
