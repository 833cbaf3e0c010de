/**
 * A video of a screen, made by the browser.
 *
 *   guest's canvas (may be replaced, may change its size) ──15 × per s──▶ our canvas ──▶ MediaRecorder ──▶ .webm
 *
 * A video has one size: our canvas keeps the one of the start, and other sizes are fitted into it.
 */
import { withDuration } from './webm-duration';

const FRAMES_PER_SECOND = 15;
const BITS_PER_SECOND = 4_000_000;
/** How often what was recorded is handed over: little is lost when the tab crashes, and memory stays low. */
const PIECE_MS = 1000;
const FORMATS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

export class ScreenRecording {
  readonly startedAt = performance.now();
  readonly #canvas = document.createElement('canvas');
  readonly #pieces: Blob[] = [];
  readonly #recorder: MediaRecorder;
  readonly #clock: ReturnType<typeof setInterval>;

  /**
   * Begins to record.
   *
   * @param source the canvas with the picture as it is now, null while there is none
   * @throws Error when there is no picture yet, or the browser cannot record
   */
  constructor(private readonly source: () => HTMLCanvasElement | null) {
    const first = source();
    if (!first || first.width === 0) throw new Error('There is no picture to record yet.');
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
    if (!mimeType) throw new Error('This browser cannot record videos.');
    this.#canvas.width = first.width;
    this.#canvas.height = first.height;
    this.#draw();
    const stream = this.#canvas.captureStream(FRAMES_PER_SECOND);
    this.#recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    this.#recorder.start(PIECE_MS);
    this.#clock = setInterval(() => this.#draw(), 1000 / FRAMES_PER_SECOND);
  }

  /** Ends it. @returns the video, with its length */
  async stop(): Promise<Blob> {
    const milliseconds = performance.now() - this.startedAt;
    clearInterval(this.#clock);
    await new Promise<void>((resolve) => {
      this.#recorder.addEventListener('stop', () => resolve(), { once: true });
      this.#recorder.stop();
    });
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    const file = new Uint8Array(await new Blob(this.#pieces).arrayBuffer());
    return new Blob([withDuration(file, milliseconds)], { type: 'video/webm' });
  }

  #draw(): void {
    const picture = this.source();
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (!picture || picture.width === 0 || !context) return; // reconnecting: the last picture stays
    const { width, height } = this.#canvas;
    const scale = Math.min(width / picture.width, height / picture.height);
    const [w, h] = [picture.width * scale, picture.height * scale];
    if (w < width || h < height) context.clearRect(0, 0, width, height);
    context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  }
}
