import { formatAnswer } from '../formats/json.ts';
import { type Call, type Command, textOf } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './io.ts';
import { JSON_OPTION } from './options.ts';
import type { WebServer } from './serve/web-server.ts';

const MAX_PORT = 65535;

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw new CommandError(EXIT.usage, `--port: expected a number from 0 to ${MAX_PORT}, got ${text.slice(0, 60)}`);
}

async function start(port: number): Promise<WebServer> {
  const [{ findWebFolder }, { serveFolder }] = await Promise.all([import('./serve/web-folder.ts'), import('./serve/web-server.ts')]);
  const folder = findWebFolder();
  if (folder === undefined) throw new CommandError(EXIT.badInput, 'the explorer is not built; run npm run build');
  try {
    return await serveFolder(folder, port);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new CommandError(EXIT.usage, `port ${port} is taken; without --port a free one is chosen`);
    if (code === 'EACCES') throw new CommandError(EXIT.usage, `port ${port} may not be used; without --port a free one is chosen`);
    throw cause;
  }
}

/** Waits until the person ends the command. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
}

async function run({ values, io }: Call): Promise<ExitCode> {
  const server = await start(portOf(textOf(values, 'port')));
  const end = interrupted();
  try {
    await io.write(
      values.json === true ? formatAnswer('serve', { subject: { name: 'explorer' } }, { url: server.url }) : `${server.url}\n`,
    );
    io.warn('The explorer is served to this machine alone; Ctrl-C ends it.');
    if (values.open === true) {
      const { openBrowser } = await import('./serve/open-browser.ts');
      openBrowser(server.url, () => io.warn(`note: no browser could be opened; open ${server.url} yourself`));
    }
    await end;
  } finally {
    await server.close();
  }
  return EXIT.ok;
}

/** `armlens serve`: the explorer, for the browsers of this machine. */
export const serve: Command = {
  name: 'serve',
  summary: 'open the explorer, a page where one sees a bit travel, on this machine',
  args: [],
  options: [
    { flags: '--port <number>', help: 'the port to listen on; by default one that is free', completion: 'none' },
    { flags: '--open', help: 'open it in the browser' },
    JSON_OPTION,
  ],
  examples: ['armlens serve --open', 'armlens serve --port 8080'],
  guide: 'look-things-up',
  run,
};
