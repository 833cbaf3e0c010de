/** The look a person chose. It stands in a cookie, so that the server's first paint already has it. */

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_LABELS: Record<Theme, string> = {
  system: 'Theme of the system',
  light: 'Light theme',
  dark: 'Dark theme',
};

export const THEME_COOKIE = 'skep-theme';

/** What a cookie says; everything unknown means "as the system". */
export function parseTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? 'system';
}

/** Whether the rail is folded to icons; a cookie for the same reason. */
export const RAIL_COOKIE = 'skep-rail';

const YEAR_SECONDS = 365 * 86_400;

/** Remembers a choice of looks in this browser. */
export function rememberLook(cookie: typeof THEME_COOKIE | typeof RAIL_COOKIE, value: string): void {
  document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
