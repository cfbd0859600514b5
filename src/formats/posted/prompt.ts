import { given } from '../../given.ts';
import { formOfCommand } from './forms.ts';

/** A line that is a shell's prompt and a command. */
export interface Prompted {
  readonly command: string;
  /** The folder that the prompt shows, where it shows one. */
  readonly folder?: string;
  /** The machine that the prompt names. A container's name, which its engine made up, is none. */
  readonly host?: string;
}

/** Prompts of shells; behind each stands the command. */
const PROMPTS: readonly RegExp[] = [
  // `pi@board:~/x$ `, `[root@host ~]# `, `user@mac ~ % `, `(venv) me@host:~$ `, `14:53 root@host/aarch64  [~] >`
  /^\s*(?:\d\d:\d\d(?::\d\d)? )?\[?(?:\([\w.-]{1,40}\) ?)?[\w.-]{0,40}@(?<host>[\w.-]{1,64})(?:\/\w{1,20})?(?::? {0,2}\[?(?<folder>[~/.][^\s$#%>\]]{0,120}|[\w.-]{1,60})\]?)?\]? ?(?:[$#%❯]\s+|>\s*)(?<command>\S.*)$/u,
  // `OnePlus6:/ $ `, `127|generic:/ # `, `host:/usr/lib$ `
  /^\s*(?:\d{1,3}\|)?(?<host>[\w.-]{0,40}):(?<folder>[~/][^\s$#%]{0,120}) ?[$#]\s+(?<command>\S.*)$/u,
  // `~ # `, `/tmp $ `, `~$ `
  /^\s*(?<folder>(?:~|\/)[^\s$#%]{0,120}) [$#%]\s+(?<command>\S.*)$/u,
  /^\s*(?<folder>~(?:\/[^\s$#%]{0,120})?)[$#]\s+(?<command>\S.*)$/u,
  // `me [ ~ ]$ `, `me in ~/x $ `
  /^\s*[\w.-]{1,40} (?:\[ (?<folder>[~/][^\s$#%\]]{0,120}) \]|in [~/]\S{0,120} )[$#❯]\s+(?<command>\S.*)$/u,
  // `bash-5.1$ `, `sh-4.2# `
  /^\s*(?:\w{0,3}sh)-\d[\d.]{0,6}[$#]\s+(?<command>\S.*)$/u,
  // `➜  ~ `, with the branch that it may show
  /^\s*➜\s+(?:(?<folder>[~/.]\S{0,120})\s+|[\w.-]{1,60}\s+(?=\S))?(?:git:\(\S{1,80}\)\s+)?(?:✗\s+)?(?<command>\S.*)$/u,
  /^\s*[$❯]\s+(?<command>\S.*)$/u,
  /^\s*PS [^>]{1,80}>\s+(?<command>\S.*)$/u,
  // `C:\Users\me>`
  /^\s*[A-Z]:\\[^<>|]{0,120}>\s{0,4}(?<command>\S.*)$/u,
  // A shell of virsh, of QEMU's monitor, of a debugger
  /^\s*(?:virsh #|\((?:qemu|gdb)\))\s+(?<command>\S.*)$/u,
];

/** `#` is a comment as often as root's prompt, and `$x` a variable: only a command that is known makes it one, and a name before `#` a host. */
const ROOT = /^\s*(?:(?<host>[\w.-]{1,40})?[#%]\s+|\$)(?<command>\S.*)$/;

/** A name that an engine of containers makes up. */
const MADE_UP = /^[0-9a-f]{12}$/;

function hostOf(name: string | undefined): string | undefined {
  if (name === undefined || name === '' || MADE_UP.test(name) || name === 'localhost') return undefined;
  return name.toLowerCase().replace(/\..*/s, '');
}

/** Reads a prompt and the command behind it. A fence may stand before it. */
export function promptOf(text: string): Prompted | undefined {
  const head = text.slice(0, 400).replace(/^\s*`{3,}(?=\S)/, '');
  for (const pattern of PROMPTS) {
    const found = pattern.exec(head)?.groups;
    // A kernel prints behind whatever stands on its console.
    if (found?.command === undefined || /^\[ *\d{1,8}\.\d{6}\]/.test(found.command)) continue;
    const { command, folder } = found;
    const host = hostOf(found.host);
    return { command, ...given({ folder, host }) };
  }
  const { command, host } = ROOT.exec(head)?.groups ?? {};
  if (command === undefined || formOfCommand(command) === undefined || /^dmidecode \d/.test(command)) return undefined;
  return { command, ...given({ host: hostOf(host) }) };
}
