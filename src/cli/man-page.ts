import type { Command, OptionSpec } from './command.ts';
import { EXIT_MEANINGS, GUIDE_ADDRESS, INTRO, MACHINE_WORDS, STREAMS, VARIABLES } from './manual.ts';
import { SYSTEM_OPTIONS } from './options.ts';

/** Text as troff takes it: no line is a request, no character a command. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
    .replaceAll('→', '\\(->')
    .replaceAll('≥', '\\(>=')
    .replaceAll('…', '...');
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`;
}

/** A tagged paragraph: what stands at the margin, and what is said of it. */
function item(tag: string, text: string): string {
  return `.TP\n${tag}\n${roff(text)}\n`;
}

/** `-k, --kernel <release>` with the names bold and the value in italics. */
function flagsText(flags: string): string {
  return flags
    .split(/(<[^<>]*>|, )/)
    .map((part) => (part.startsWith('<') ? `\\fI${roff(part.slice(1, -1))}\\fR` : part.startsWith('-') ? bold(part) : part))
    .join('');
}

function optionItems(options: readonly OptionSpec[]): string {
  return options.map(({ flags, help }) => item(flagsText(flags), help)).join('');
}

function commandText({ name, summary, args, options, examples }: Command): string {
  const words = args.map((arg) => ` \\fI${roff(arg.name)}\\fR`).join('');
  const own = options.filter((option) => !SYSTEM_OPTIONS.includes(option));
  const shared = options.filter((option) => SYSTEM_OPTIONS.includes(option)).map(({ flags }) => /--[\w-]+/.exec(flags)![0]);
  const also = shared.length === 0 ? '' : `.PP\n${roff(`It also takes ${shared.join(', ')}, as above.`)}\n`;
  return [
    `.SS "armlens ${name}"\n.PP\n${bold(`armlens ${name}`)} [\\fIoptions\\fR]${words}\n.PP\n${roff(`${summary}.`)}\n`,
    args.map((arg) => item(`\\fI${roff(arg.name)}\\fR`, arg.help)).join(''),
    optionItems(own),
    also,
    examples.length === 0 ? '' : `.PP\nExamples:\n.PP\n.nf\n${examples.map((line) => `    ${roff(line)}\n`).join('')}.fi\n`,
  ].join('');
}

/** The manual page, in the man macros, of what the commands say of themselves. */
export function manPage(commands: readonly Command[], version: string): string {
  const section = (title: string, body: string): string => `.SH ${title}\n${body}`;
  return [
    `.TH ARMLENS 1 "" "armlens ${version}" "armlens"\n`,
    section('NAME', 'armlens \\- shows what software sees of an Arm CPU, and why\n'),
    section('SYNOPSIS', `${bold('armlens')} \\fIcommand\\fR [\\fIoptions\\fR] [\\fIwords\\fR]\n`),
    section('DESCRIPTION', `${roff(INTRO)}\n.PP\n${roff(MACHINE_WORDS)}\n.PP\n${roff(STREAMS)}\n`),
    section(
      'OPTIONS',
      optionItems([
        { flags: '-V, --version', help: 'print the version' },
        { flags: '-h, --help', help: 'print the help, of a command if one is named' },
      ]),
    ),
    ...['Machine', 'Kernel'].map((group) => `.SS "${group}"\n${optionItems(SYSTEM_OPTIONS.filter((option) => option.group === group))}`),
    section('COMMANDS', commands.map(commandText).join('')),
    section(
      '"EXIT STATUS"',
      Object.entries(EXIT_MEANINGS)
        .map(([code, meaning]) => item(bold(code), meaning))
        .join(''),
    ),
    section(
      'ENVIRONMENT',
      Object.entries(VARIABLES)
        .map(([name, meaning]) => item(bold(name), meaning))
        .join(''),
    ),
    section('"SEE ALSO"', `The guide: ${bold('armlens serve')}, or ${roff(GUIDE_ADDRESS)}\n.PP\n.BR lscpu (1),\n.BR getauxval (3)\n`),
  ].join('');
}
