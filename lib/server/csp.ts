/** The headers that every answer carries (T-50, T-51, T-57). */

/**
 * The content security policy of one answer.
 *
 * Scripts run only with this answer's nonce. Styles may be inline: React Aria and xterm set style attributes, and
 * a nonce cannot cover attributes.
 *
 * @param host the checked Host header; older browsers do not take `'self'` for sockets
 */
export function contentSecurityPolicy(options: { nonce: string; host: string; dev: boolean }): string {
  const { nonce, host, dev } = options;
  return [
    `default-src 'self'`,
    // React's development build needs eval for its error overlay.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self' ws://${host} wss://${host}`,
    `font-src 'self'`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** For answers that are no pages of ours: nothing may run, nothing may load. */
export const REFUSAL_POLICY = `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'clipboard-read=(self), clipboard-write=(self), fullscreen=(self), camera=(), microphone=(), geolocation=(), usb=()',
};
