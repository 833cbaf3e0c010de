/**
 * Numbers of the RFB protocol (RFC 6143 and the extensions that QEMU speaks) that the VNC filter knows.
 * Extensions: the community's rfbproto.rst.
 */

/** "RFB 003.008\n": the only version that is let through. */
export const VERSION_3_8 = 'RFB 003.008\n';
/** The security type "None": access was decided before the first byte. */
export const SECURITY_NONE = 1;

/** First byte of each client message that may pass. */
export const CLIENT_MESSAGE = {
  setPixelFormat: 0,
  setEncodings: 2,
  framebufferUpdateRequest: 3,
  keyEvent: 4,
  pointerEvent: 5,
  clientCutText: 6,
  setDesktopSize: 251,
  qemu: 255,
} as const;

/** Second byte of a QEMU message: the extended key event. The other one, 1, is audio and does not pass. */
export const QEMU_EXTENDED_KEY_EVENT = 0;

export const MAX_ENCODINGS = 64;
export const MAX_CUT_TEXT_BYTES = 64 * 1024;
export const MAX_SCREENS = 4;
/** Width and height of a framebuffer at most. */
export const MAX_DESKTOP_PIXELS = 8192;

const ALLOWED_ENCODINGS = new Set([
  0, // Raw
  1, // CopyRect
  2, // RRE
  5, // Hextile
  6, // Zlib
  7, // Tight
  16, // ZRLE
  -260, // TightPNG
  -223, // DesktopSize
  -224, // LastRect
  -239, // Cursor
  -257, // pointer type change
  -258, // QEMU extended key event
  -261, // QEMU LED state
  -307, // DesktopName
  -308, // ExtendedDesktopSize
  0x574d5664, // VMware cursor
]);

/**
 * True for an encoding that a client may announce. What is not announced is not negotiated, so fences, continuous
 * updates, power control, the extended clipboard, further mouse buttons and audio never start on either side.
 */
export function isAllowedEncoding(encoding: number): boolean {
  const isQuality = encoding >= -32 && encoding <= -23;
  const isCompression = encoding >= -256 && encoding <= -247;
  return isQuality || isCompression || ALLOWED_ENCODINGS.has(encoding);
}
