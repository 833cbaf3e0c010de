/** Version numbers as programs print them. */

/** The first "1.2" or "1.2.3" in a text as numbers, or null. */
export function parseVersion(text) {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return found && found.slice(1).map((part) => Number(part ?? 0));
}

/** Whether a version, as numbers, is `floor` ("7.2") or newer. */
export function isAtLeast(version, floor) {
  const wanted = parseVersion(floor);
  for (let i = 0; i < wanted.length; i++) {
    if (version[i] !== wanted[i]) return version[i] > wanted[i];
  }
  return true;
}
