/** How single options are written. */

/** An option whose value is JSON: no character of a value can end it. */
export function jsonArg(option: '-blockdev' | '-device' | '-netdev' | '-object', value: object): string[] {
  return [option, JSON.stringify(value)];
}

/** One device. Properties that are undefined are left out. */
export function deviceArg(properties: { driver: string; id: string } & Record<string, unknown>): string[] {
  return jsonArg('-device', properties);
}

/**
 * A character device on a unix socket that QEMU listens on. `-chardev` takes no JSON in QEMU 7.2: both values
 * must be constants of ours.
 */
export function socketArgs(id: string, path: string): string[] {
  return ['-chardev', `socket,id=${id},path=${path},server=on,wait=off`];
}
