/**
 * One VM's serial console in this tab: a terminal that outlives the pages it is shown on.
 *
 *   /ws/serial ─▶ SerialStream ─▶ xterm ─▶ ack, when shown
 *   keys, answers ◀── xterm.onData ──▶ /ws/serial
 *
 * It is connected only while it is shown; coming back, it asks for what it has missed.
 */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { ACK_BYTES, serialControl, serialPath } from '@/lib/shared/serial-protocol';
import { SerialStream, type Shown } from '@/lib/shared/serial-stream';
import { fetchTicket, socketUrl, ticketProtocols } from '../live/ticket';
import { AnswerLimiter, isAnswer } from './answers';
import { ConsoleLink, type LinkState } from './console-link';
import { bufferText } from './serial-text';
import { Store } from './store';

export const FONT_SIZES = [10, 11, 12, 13, 14, 16, 18, 20, 24] as const;
const SCROLLBACK_LINES = 10_000;
/** What a serial port's guest expects when nobody tells it anything else. */
const CLASSIC = { columns: 80, rows: 24 };
/** A message to the server has at most 64 KiB. */
const INPUT_BYTES = 16 * 1024;
/** Ends whatever escape sequence the guest was in, and its colours. */
const CALM = '\u0018\u001b\\\u001b[0m';

/** What the page does for its terminal. */
export interface SerialHooks {
  onLink(url: string): void;
  onCopy(text: string): void;
  onFind(): void;
}

export class SerialTerminal {
  readonly state = new Store<LinkState>({ phase: 'off', reason: null });
  readonly hasSelection = new Store(false);
  /** True once anything was shown. */
  readonly hasOutput = new Store(false);
  readonly link: ConsoleLink;
  readonly search = new SearchAddon();
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host = document.createElement('div');
  readonly #stream = new SerialStream();
  readonly #limiter = new AnswerLimiter();
  readonly #resizes: ResizeObserver;
  #socket: WebSocket | undefined;
  #hooks: SerialHooks | undefined;
  #isFitted = true;
  /** False while a replay is being shown. */
  #mayAnswer = false;
  #acknowledged = 0;

  constructor(vmId: string) {
    this.#host.className = 'h-full w-full';
    this.#terminal = createTerminal((url) => this.#hooks?.onLink(url));
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.search);
    this.#terminal.onData((data) => this.#type(data));
    this.#terminal.onBinary((data) => this.#send(Uint8Array.from(data, (c) => c.charCodeAt(0))));
    this.#terminal.onSelectionChange(() => this.hasSelection.set(this.#terminal.hasSelection()));
    this.#terminal.attachCustomKeyEventHandler((event) => this.#keepForBrowser(event));
    this.#resizes = new ResizeObserver(() => this.#layOut());
    this.link = new ConsoleLink({
      kind: 'serial',
      vmId,
      path: () => serialPath(vmId, this.#stream.from),
      attach: (socket) => this.#attach(socket),
      onState: (state) => this.state.set(state),
      fetchTicket,
      openSocket: (path, ticket) => new WebSocket(socketUrl(path), ticketProtocols(ticket)),
    });
  }

  /** Shows the terminal in `element`. Connecting is the link's business. */
  show(element: HTMLElement, hooks: SerialHooks): void {
    this.#hooks = hooks;
    element.append(this.#host);
    if (!this.#terminal.element) {
      this.#terminal.open(this.#host);
      void measureWithFont(this.#terminal).then(() => this.#layOut());
    }
    this.#resizes.observe(element);
    this.#layOut();
  }

  hide(): void {
    this.#resizes.disconnect();
    this.#host.remove();
    this.#hooks = undefined;
  }

  focus(): void {
    this.#terminal.focus();
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Sends a text as if it were typed: each line end is the Enter key. */
  type(text: string): void {
    this.#send(new TextEncoder().encode(text.replace(/\r\n?|\n/g, '\r')));
  }

  clear(): void {
    this.#terminal.clear();
  }

  get fontSize(): number {
    return this.#terminal.options.fontSize ?? 13;
  }

  setFontSize(pixels: number): void {
    this.#terminal.options.fontSize = pixels;
    this.#layOut();
  }

  /** As many columns as there is room for, or the 80 × 24 that guests expect. */
  setFitted(isFitted: boolean): void {
    this.#isFitted = isFitted;
    this.#layOut();
  }

  /** All that is kept, as plain text: what the guest wrote, without colours and movements. */
  text(): string {
    return bufferText(this.#terminal.buffer.normal);
  }

  #layOut(): void {
    if (!this.#host.isConnected) return;
    if (this.#isFitted) this.#fit.fit();
    else this.#terminal.resize(CLASSIC.columns, CLASSIC.rows);
  }

  #attach(socket: WebSocket): void {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== this.#socket) return;
      if (typeof data !== 'string') return this.#show(this.#stream.data(new Uint8Array(data)), socket);
      const control = serialControl.parse(JSON.parse(data));
      this.#acknowledged = control.offset;
      this.#show(this.#stream.control(control), socket);
      this.link.up();
    });
  }

  #show(list: Shown[], socket: WebSocket): void {
    for (const shown of list) {
      this.hasOutput.set(true);
      if (shown.kind === 'mark') {
        this.#terminal.write(`${CALM}\r\n\u001b[3;90m— ${shown.text} —\u001b[0m\r\n`);
        continue;
      }
      // xterm shows in order and calls back in between: the flag is right while these very bytes are shown.
      this.#terminal.write('', () => (this.#mayAnswer = !shown.isReplay));
      this.#terminal.write(shown.bytes, () => this.#acknowledge(shown.endOffset, socket));
    }
  }

  #acknowledge(offset: number, socket: WebSocket): void {
    this.#mayAnswer = true;
    if (socket !== this.#socket || socket.readyState !== WebSocket.OPEN) return;
    if (offset - this.#acknowledged < ACK_BYTES) return;
    this.#acknowledged = offset;
    socket.send(JSON.stringify({ type: 'ack', offset }));
  }

  #type(data: string): void {
    if (isAnswer(data) && !(this.#mayAnswer && this.#limiter.allow(performance.now()))) return;
    this.#send(new TextEncoder().encode(data));
  }

  #send(bytes: Uint8Array<ArrayBuffer>): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    for (let at = 0; at < bytes.length; at += INPUT_BYTES) socket.send(bytes.subarray(at, at + INPUT_BYTES));
  }

  /** Ctrl+Shift with C, V and F are the page's; everything else is the guest's. Returns false for the page's. */
  #keepForBrowser(event: KeyboardEvent): boolean {
    if (!event.ctrlKey || !event.shiftKey || event.altKey) return true;
    if (event.code === 'KeyV') return false; // The browser pastes; xterm takes it from there.
    if (event.code !== 'KeyC' && event.code !== 'KeyF') return true;
    event.preventDefault();
    if (event.type !== 'keydown') return false;
    if (event.code === 'KeyF') this.#hooks?.onFind();
    else if (this.#terminal.hasSelection()) this.#hooks?.onCopy(this.selection);
    return false;
  }
}

function createTerminal(onLink: (url: string) => void): Terminal {
  const style = getComputedStyle(document.documentElement);
  const terminal = new Terminal({
    scrollback: SCROLLBACK_LINES,
    fontSize: 13,
    fontFamily: style.getPropertyValue('--font-mono') || 'monospace',
    theme: {
      background: style.getPropertyValue('--color-terminal').trim(),
      foreground: style.getPropertyValue('--color-on-terminal').trim(),
    },
    minimumContrastRatio: 4.5,
    // The guest may ask for nothing of the window: no titles, sizes or positions.
    windowOptions: {},
    linkHandler: { activate: (_, url) => onLink(url), allowNonHttpProtocols: false },
    logLevel: 'off',
  });
  terminal.loadAddon(new WebLinksAddon((_, url) => onLink(url)));
  return terminal;
}

/** Measures again once the font is there; before that, letters of another width were measured. */
async function measureWithFont(terminal: Terminal): Promise<void> {
  const { fontFamily, fontSize } = terminal.options;
  await document.fonts.load(`${fontSize ?? 13}px ${fontFamily ?? 'monospace'}`).catch(() => []);
  terminal.options.fontFamily = 'monospace';
  terminal.options.fontFamily = fontFamily;
}
