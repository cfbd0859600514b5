import { formatAnswer } from '../formats/json.ts';
import { RESULT_FIELDS, type ResultField, resultObject } from '../formats/result.ts';
import { choicesHint } from '../nearest.ts';
import { ENGINE_NAMES, type EngineName } from '../rows/engine-name.ts';
import { type Call, type Command, textOf, type Values } from './command.ts';
import { environmentOf, headOf, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type ExitCode } from './io.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';

function fieldsOf(text: string | undefined): readonly ResultField[] | undefined {
  return text?.split(',').map((word) => {
    const field = RESULT_FIELDS.find((name) => name === word.trim());
    if (field !== undefined) return field;
    throw new CommandError(EXIT.usage, `--fields: there is no part ${word.trim()}${choicesHint(word.trim(), RESULT_FIELDS)}`);
  });
}

function engineOf(values: Values): EngineName | undefined {
  const text = textOf(values, 'engine');
  if (text === undefined) return undefined;
  const engine = ENGINE_NAMES.find((name) => name === text);
  if (engine !== undefined) return engine;
  throw new CommandError(EXIT.usage, `--engine: there is no engine ${text}${choicesHint(text, ENGINE_NAMES)}`);
}

/** What a person is shown who asks for no parts. */
const SHOWN: readonly ResultField[] = ['hwcaps', 'compat', 'user'];

async function deriveOne({ positionals, values, io }: Call): Promise<ExitCode> {
  const asked = fieldsOf(textOf(values, 'fields'));
  // What the input will want is fetched beside, not one after the other.
  const reading = positionals[0] === undefined ? [] : [import('./read-capture.ts'), import('../formats/register-dump.ts')];
  const loading = Promise.all([import('../linux/boot.ts'), values.json === true ? undefined : import('./print-system.ts'), ...reading]);
  const input = await machineInput(positionals, values, io);
  const kernel = await kernelOf(values, io, input);
  const [{ boot }, printer] = await loading;
  const environment = environmentOf(values, io, input);
  const system = boot(input.machine, kernel, environment);
  const fields = asked ?? (printer === undefined ? RESULT_FIELDS : SHOWN);
  const usual =
    fields.includes('hwcaps') && system.unknown?.hwcaps !== undefined
      ? await (await import('../answers/usual-hwcaps.ts')).usualHwcaps(input.machine, kernel, environment, system)
      : undefined;
  const likely = usual && { cores: usual.cores, ...resultObject(usual.system, [], ['hwcaps']) };
  const text =
    printer === undefined
      ? formatAnswer('derive', headOf(input, kernel), { ...resultObject(system, [], fields), usual: likely })
      : await printer.printDerived(input.machine, system, { title: input.title, kernel, fields, io, usual });
  await io.write(text);
  return input.damaged ? EXIT.badInput : EXIT.ok;
}

async function deriveRowFile({ positionals, values, io }: Call): Promise<ExitCode> {
  const given = ['ndjson', 'machine', 'unlisted', 'kvm', 'vcpu', 'mask', 'template', 'set', 'fields', 'from', 'json'].find(
    (name) => values[name] !== undefined,
  );
  if (given !== undefined) throw new CommandError(EXIT.usage, `--rows takes no --${given}`);
  const { deriveRows } = await import('./derive-rows.ts');
  return deriveRows(io, positionals[0] ?? '-', {
    kernel: await kernelOf(values, io),
    environment: environmentOf(values, io),
    engine: engineOf(values) ?? 'auto',
    binary: values.binary === true,
  });
}

/** `armlens derive`: registers to everything that follows from them. */
export const derive: Command = {
  name: 'derive',
  summary: 'registers → Features line, hwcap words, AArch32, EL0 view',
  args: [MACHINE_ARGUMENT],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--ndjson', help: 'a stream: one JSON record a line in, one result a line out' },
    { flags: '--rows', help: 'rows of 64-bit words, or Arrow data with a column a register: hwcaps, one line a row' },
    { flags: '--binary', help: 'with --rows: three 64-bit words a row instead of a line' },
    {
      flags: '--fields <list>',
      help: `the parts to show: ${RESULT_FIELDS.join(', ')}`,
      completion: { choices: RESULT_FIELDS, list: true },
    },
    {
      flags: '--engine <name>',
      help: `with --rows, or --ndjson --fields hwcaps: by whom, all with the same result: ${ENGINE_NAMES.join(', ')}`,
      completion: { choices: ENGINE_NAMES },
    },
    JSON_OPTION,
  ],
  examples: [
    'armlens derive raspberry-pi-4',
    'armlens derive registers.txt --kernel 6.12.107 --config debian',
    'armlens derive rk3588 --kernel 5.10 --fields hwcaps,user --json',
    'armlens derive --ndjson --fields hwcaps < records.ndjson',
    'armlens derive --rows --kernel 7.2 < machines.arrow',
  ],
  guide: 'read-a-dump',
  async run(call) {
    const engine = engineOf(call.values);
    if (call.values.rows === true) return deriveRowFile(call);
    if (call.values.binary === true) throw new CommandError(EXIT.usage, '--binary goes with --rows');
    if (call.values.ndjson !== true) return deriveOne(call);
    const given = ['machine', 'unlisted', 'kernel', 'config', 'cmdline', 'env', 'kvm', 'vcpu', 'mask', 'template', 'set'].find(
      (name) => call.values[name] !== undefined,
    );
    if (given !== undefined) throw new CommandError(EXIT.usage, `--ndjson takes no --${given}: each record brings its own`);
    const { deriveStream } = await import('./derive-stream.ts');
    return deriveStream(call.io, call.positionals[0] ?? '-', {
      fields: fieldsOf(textOf(call.values, 'fields')),
      engine,
    });
  },
};
