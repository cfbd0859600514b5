import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWebFolder } from '../../src/cli/serve/web-folder.ts';
import { serveFolder, type WebServer } from '../../src/cli/serve/web-server.ts';
import { run } from '../support/fake-io.ts';

let root = '';
let server: WebServer;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Asks for a path as it is written: no client in between that puts `..` in order. */
function ask(path: string, { method = 'GET', host }: { readonly method?: string; readonly host?: string } = {}): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers: { host: host ?? `${hostname}:${port}` } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject).end();
  });
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'armlens-serve-'));
  mkdirSync(join(root, 'web', 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'not for browsers');
  writeFileSync(join(root, 'web', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(root, 'web', 'assets', 'main.js'), 'export {};');
  if (process.platform !== 'win32') symlinkSync(join(root, 'secret.txt'), join(root, 'web', 'link.txt'));
  server = await serveFolder(join(root, 'web'), 0);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

describe('the server', () => {
  it('listens on the loopback interface alone, on a port that is free', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('gives the page at /, and its parts with their types', async () => {
    expect(await ask('/')).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' });
    expect((await ask('/index.html?x=1')).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await ask('/assets/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(await ask('/assets/main.js', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('forbids the page what stands inline, other origins and frames', async () => {
    for (const path of ['/', '/nothing']) {
      const { headers } = await ask(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'self' http://127.0.0.1:* http://localhost:* file:");
      expect(policy).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
    '/..\\secret.txt',
    '/link.txt',
    '/%00',
    '/%',
    '/assets/',
    'http://example.org/secret.txt',
  ])('gives nothing for %s', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: 'There is no such file.\n' });
  });

  it('answers nobody who asks for it under another name, as a page does that rebinds its own', async () => {
    expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('/', { host: `evil.example:${new URL(server.url).port}` })).status).toBe(421);
    expect((await ask('/', { host: `localhost:${new URL(server.url).port}` })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not take %s', async (method) => {
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('armlens serve', () => {
  it('finds the built explorer beside the command, not its sources', () => {
    expect(findWebFolder(join(root, 'cli', 'chunks'))).toBe(join(root, 'web'));
    expect(findWebFolder(join(root, 'nowhere', 'a', 'b', 'c', 'd'))).toBeUndefined();
  });

  it('prints the address and ends on an interrupt', async () => {
    spawnSync(process.execPath, ['.ci/setup.mjs', '--build']);
    const child = spawn(process.execPath, ['dist/cli/main.js', 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const first = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(await (await fetch(first.trim())).text()).toContain('<title>armlens</title>');
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it.each([['99999'], ['-1'], ['http'], ['']])('does not take %s for a port', async (port) => {
    const { code, err } = await run(['serve', `--port=${port}`]);
    expect(code).toBe(2);
    expect(err).toContain('expected a number from 0 to 65535');
  });

  it('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { readonly port: number };
    const { code, err } = await run(['serve', '--port', String(port)]);
    other.close();
    expect(code).toBe(2);
    expect(err).toBe(`armlens: port ${port} is taken; without --port a free one is chosen\n`);
  });
});
