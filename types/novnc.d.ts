/** The parts of noVNC 1.7 that Skep uses; the package brings no types. See its docs/API.md. */
declare module '@novnc/novnc' {
  interface RfbOptions {
    shared?: boolean;
  }

  interface RfbEvents {
    connect: CustomEvent<Record<string, never>>;
    disconnect: CustomEvent<{ clean: boolean }>;
    desktopname: CustomEvent<{ name: string }>;
    bell: CustomEvent<Record<string, never>>;
    securityfailure: CustomEvent<{ status: number; reason?: string }>;
  }

  /** A VNC session inside `target`, over a WebSocket that is open or opening. It cannot be used again once closed. */
  export default class RFB {
    constructor(target: HTMLElement, channel: WebSocket, options?: RfbOptions);

    viewOnly: boolean;
    focusOnClick: boolean;
    clipViewport: boolean;
    dragViewport: boolean;
    scaleViewport: boolean;
    resizeSession: boolean;
    showDotCursor: boolean;
    background: string;
    /** 0 (small) to 9 (beautiful), for lossy encodings. */
    qualityLevel: number;
    /** 0 (quick) to 9 (small). */
    compressionLevel: number;

    addEventListener<E extends keyof RfbEvents>(event: E, listener: (event: RfbEvents[E]) => void): void;
    disconnect(): void;
    /** A press and a release when `down` is left out. `code` as in KeyboardEvent.code, null when unknown. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    focus(options?: FocusOptions): void;
    blur(): void;
    /** The framebuffer as it is, not as it is scaled. */
    toBlob(callback: (blob: Blob | null) => void, type?: string, quality?: number): void;

    /** Called for every size that the server asks for; overridden to refuse absurd ones. */
    protected _resize(width: number, height: number): void;
  }
}
