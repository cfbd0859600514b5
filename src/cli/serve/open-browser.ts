import { spawn } from 'node:child_process';

/** The command that opens an address, by platform. */
function opener(url: string): readonly [command: string, args: readonly string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', url]];
  return ['xdg-open', [url]];
}

/** Asks the system to open an address; tells if it cannot. */
export function openBrowser(url: string, failed: () => void): void {
  const [command, args] = opener(url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', failed);
  child.unref();
}
