import { errataOfCore } from '../../answers/erratum-cores.ts';
import { KNOWN } from '../../answers/known.ts';
import { type Core, implementerName } from '../../silicon/core.ts';
import { KNOWN_MACHINES, loadMachine } from '../../silicon/known-machine.ts';
import { parseMidr } from '../../silicon/midr.ts';
import type { Io } from '../io.ts';
import { paletteOf, table, wrap } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

function makerOf({ implementer }: Core): string {
  return implementerName(implementer) ?? `0x${implementer.toString(16)}`;
}

/** Implementer and part as /proc/cpuinfo shows them. */
function numberOf({ implementer, part }: Core): string {
  return `0x${implementer.toString(16)} 0x${part.toString(16).padStart(3, '0')}`;
}

async function machinesWith({ implementer, part }: Core): Promise<readonly string[]> {
  const found = await Promise.all(
    KNOWN_MACHINES.map(async ({ name }) => {
      const { cpus } = (await loadMachine(name)).machine;
      const has = cpus.some(({ registers: { MIDR_EL1 } }) => {
        const midr = MIDR_EL1 === undefined ? undefined : parseMidr(MIDR_EL1);
        return midr?.implementer === implementer && midr.part === part;
      });
      return has ? [name] : [];
    }),
  );
  return found.flat();
}

async function describe(core: Core, io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  const errata = errataOfCore(core);
  const machines = await machinesWith(core);
  const rows = [
    ['made by', makerOf(core)],
    ['implementer, part', numberOf(core)],
    ['level', core.level ?? ''],
    ['year', core.year === undefined ? '' : String(core.year)],
    ['codename', core.codename ?? ''],
    ['LLVM', core.llvmCpu === undefined ? '' : `-mcpu=${core.llvmCpu}`],
  ].filter(([, text]) => text !== '');
  const lists = [
    ['Errata for which kernels have a workaround', [...new Set(errata.map(({ name, cpucap }) => `${name} (${cpucap})`))].join('; ')],
    ['Found in', core.products?.join(', ') ?? ''],
    ['Known machines', machines.join(' ')],
  ].filter(([, text]) => text !== '');
  const text = lists.map(([title = '', body = '']) => `\n${palette.head(title)}\n${wrap(body, io.columns, '  ')}\n`).join('');
  return {
    text: `${palette.head(core.name)}\n${await table(rows, io)}${text}`,
    object: { ...core, maker: makerOf(core), errata: errata.map(({ name, cpucap }) => ({ name, cpucap })), machines },
  };
}

/** The cores that are known by their MIDR_EL1. */
export function coreCatalogue(): Catalogue {
  return {
    items: KNOWN.core.all().map((core) => ({ name: core.name, columns: [makerOf(core), numberOf(core), core.level ?? ''], object: core })),
    async detail(name, io) {
      const core = KNOWN.core.find(name);
      return core === undefined ? undefined : describe(core, io);
    },
  };
}
