import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAllCommands } from '../../src/cli/commands.ts';
import { EXIT_MEANINGS, VARIABLES } from '../../src/cli/manual.ts';
import { SYSTEM_OPTIONS } from '../../src/cli/options.ts';
import { GUIDE_NAMES, PAGES, ROOT, sessionsOf } from '../support/examples.ts';

const README = PAGES[0]!;
const pageNamed = (name: string): string => PAGES.find(({ path }) => path === `src/guide/${name}.md`)!.text;

describe.each(PAGES)('$path', ({ path, text }) => {
  it('begins with its title, and has no other of that rank', () => {
    expect(text).toMatch(/^# \S/);
    expect(text.replace(/^(```|~~~)[\s\S]*?^\1$/gm, '').match(/^# /gm)).toHaveLength(1);
  });

  it('closes each block of code by a line of its own', () => {
    const fences = text.split('\n').filter((line) => line.startsWith('```'));
    expect(fences.length % 2).toBe(0);
    expect(fences.filter((line, i) => i % 2 === 1 && line !== '```')).toEqual([]);
  });

  it('links to what exists', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^https?:/.test(target));
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([]);
  });

  it('names files that exist', () => {
    const tracked = /`((?:spec-data|src|test|bench|\.ci)\/[\w./-]+)`/g;
    expect([...text.matchAll(tracked)].map(([, one]) => one!).filter((one) => !existsSync(join(ROOT, one)))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: Record<string, string> };
    const named = [...text.matchAll(/npm (?:run )?(start|test|gen|check|bench|build|\w+:\w+)\b/g)].map(([, name]) => name!);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('the README', () => {
  it('is read in a minute: at most 150 lines', () => {
    expect(README.text.split('\n').length).toBeLessThanOrEqual(150);
  });

  it('begins with a picture and a line that runs without installing anything', () => {
    expect(README.text.indexOf('.svg)')).toBeGreaterThan(0);
    expect(sessionsOf(README)[0]!.command).toMatch(/^npx armlens /);
  });
});

describe('the guide', () => {
  it('has every page in its index', () => {
    const linked = [...pageNamed('index').matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name!);
    expect(linked.toSorted()).toEqual(GUIDE_NAMES.filter((name) => name !== 'index'));
  });

  it('shows what each command prints that answers from data', () => {
    const shown = PAGES.flatMap(sessionsOf).map(({ command }) => command);
    const answering = ['derive', 'boot', 'decode', 'mrs', 'why', 'diff', 'infer', 'level', 'baseline', 'guest', 'audit', 'list'];
    for (const name of answering)
      expect(
        shown.some((command) => command.includes(`armlens ${name}`)),
        name,
      ).toBe(true);
  });

  it('is where each command says that it tells more', async () => {
    for (const { name, guide } of await loadAllCommands()) expect(GUIDE_NAMES, name).toContain(guide);
  });

  it('says of commands, shared options, exit codes and variables what the command says (npm run gen writes it)', async () => {
    const text = pageNamed('commands');
    for (const { name, summary } of await loadAllCommands()) expect(text).toContain(`| \`${name}\` | ${summary.replaceAll('|', '\\|')} |`);
    for (const { flags, help } of SYSTEM_OPTIONS) expect(text).toContain(`| \`${flags}\` | ${help} |`);
    for (const [code, meaning] of Object.entries(EXIT_MEANINGS)) expect(text).toContain(`| ${code} | ${meaning} |`);
    for (const [name, meaning] of Object.entries(VARIABLES)) expect(text).toContain(`| \`${name}\` | ${meaning} |`);
  });

  it('has every page within the guide or the clone', () => {
    for (const { path, text } of PAGES)
      for (const [, target] of text.matchAll(/\]\(([^)#:]+\.md)\)/g))
        expect(normalize(join(dirname(path), target!)).startsWith('..')).toBe(false);
  });
});
