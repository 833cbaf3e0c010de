/**
 * Lets work go on that nobody waits for. When it fails, that is told on the terminal and Skep goes on: a full disk
 * or a monitor that closed must not end the process that watches all other VMs.
 *
 * @param what names the work in the log line
 */
export function inBackground(work: Promise<unknown>, what: string): void {
  work.catch((error: unknown) => console.error(`skep: ${what} failed: ${String(error)}`));
}
