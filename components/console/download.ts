/** Hands the browser a file to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the content as soon as the click was handled; a moment's grace for slow ones.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file name with the local time: `web-1-2026-11-23-101530.png`. */
export function timedName(vmName: string, extension: string, now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${vmName}-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.${extension}`;
}
