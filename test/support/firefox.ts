import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What Firefox is called here; `undefined` where there is none. */
export const FIREFOX: string | undefined = ['firefox-esr', 'firefox'].find((name) => spawnSync(name, ['--version']).status === 0);

/** How long it may take to start, on a busy machine too. */
const PATIENCE = 90_000;

type Answer = readonly [type: number, id: number, error: { readonly message: string } | null, result: unknown];

/** What Firefox is told and answers by Marionette, its own protocol: a length, a colon, and JSON. */
class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #bytes = Buffer.alloc(0);
  #count = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const colon = this.#bytes.indexOf(':');
      const end = colon + 1 + Number(this.#bytes.subarray(0, colon).toString());
      if (colon < 0 || this.#bytes.length < end) return;
      const message: unknown = JSON.parse(this.#bytes.subarray(colon + 1, end).toString());
      this.#bytes = this.#bytes.subarray(end);
      // The first message is a greeting.
      if (Array.isArray(message)) this.#waiting.get(message[1] as number)?.(message as unknown as Answer);
    }
  }

  async send(name: string, parameters: object): Promise<unknown> {
    const id = ++this.#count;
    const text = JSON.stringify([0, id, `WebDriver:${name}`, parameters]);
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = await answered;
    if (error !== null) throw new Error(`${name}: ${error.message}`);
    return (result as { readonly value?: unknown } | null)?.value;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** A Firefox with one page. */
export interface Firefox {
  open(url: string): Promise<void>;
  /** Runs the text of a function in the page. */
  run(script: string): Promise<unknown>;
  /** Presses keys where the focus is. */
  type(keys: string): Promise<void>;
  /** Makes its window as wide. */
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** The port that Firefox has chosen and written down in its profile. */
async function portOf(profile: string, ends: number): Promise<number> {
  for (;;) {
    try {
      const [, port] = /"marionette\.port", (\d+)/.exec(readFileSync(join(profile, 'prefs.js'), 'utf8')) ?? [];
      if (port !== undefined && port !== '0') return Number(port);
    } catch {
      // Not written yet.
    }
    if (Date.now() > ends) throw new Error('Firefox did not start');
    await wait(100);
  }
}

async function connected(port: number, ends: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (Date.now() > ends) throw new Error('Firefox does not listen');
    await wait(100);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Starts Firefox without a window on the screen, with a profile of its own. */
export async function startFirefox(): Promise<Firefox> {
  if (FIREFOX === undefined) throw new Error('there is no Firefox');
  const profile = mkdtempSync(join(tmpdir(), 'armlens-firefox-'));
  const settings = {
    'marionette.port': 0,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const args = ['--headless', '--marionette', '--no-remote', '--profile', profile, 'about:blank'];
  const child = spawn(FIREFOX, args, { stdio: 'ignore', env: { ...process.env, HOME: profile, MOZ_HEADLESS: '1' } });
  const ends = Date.now() + PATIENCE;
  const marionette = new Marionette(await connected(await portOf(profile, ends), ends));
  await marionette.send('NewSession', {});
  return {
    open: async (url) => {
      await marionette.send('Navigate', { url });
    },
    run: (script) => marionette.send('ExecuteScript', { script, args: [], scriptTimeout: PATIENCE }),
    type: async (keys) => {
      const presses = [...keys].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await marionette.send('PerformActions', { actions: [{ type: 'key', id: 'keys', actions: presses }] });
    },
    resize: async (width, height) => {
      await marionette.send('SetWindowRect', { width, height });
    },
    close: async () => {
      marionette.close();
      await ended(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
