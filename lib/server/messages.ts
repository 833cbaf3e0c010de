/** What Skep says in the terminal. */

/** The address and the one-time link. */
export function greeting(about: {
  url: string;
  link: { url: string; kind: 'setup' | 'sign-in' };
  alive: number;
}): string {
  const { url, link, alive } = about;
  const effect = link.kind === 'setup' ? 'makes you the administrator' : 'signs you in';
  return [
    '',
    `  Skep runs at ${url}`,
    '',
    `  Open this link. It works once, and ${effect}:`,
    `  ${link.url}`,
    '',
    `  ${alive > 0 ? `Found ${countOf(alive)} running. ` : ''}Ctrl-C stops Skep; VMs keep running.`,
    '',
  ].join('\n');
}

/** What goes on when Skep ends. */
export function farewell(alive: number): string {
  if (alive === 0) return '\nSkep has stopped. No VM was running.';
  return `\nSkep has stopped. ${countOf(alive)} ${alive === 1 ? 'keeps' : 'keep'} running; npm start finds ${alive === 1 ? 'it' : 'them'} again.`;
}

function countOf(vms: number): string {
  return vms === 1 ? '1 VM' : `${vms} VMs`;
}
