import { given } from '../../given.ts';
import { GCC_EXTENSIONS, GCC_NATIVE } from '../generated/programs.ts';
import type { GccCoreRow, GccDriverRow, ProcessCondition } from '../runtime-rows.ts';

/** An extension in one version of GCC. */
export interface GccExtension {
  readonly name: string;
  /** What Features must hold; absent: it cannot be told from Features. */
  readonly when?: ProcessCondition;
  /** The extensions that come with it, without itself. */
  readonly on: readonly string[];
  /** Those that go with it, without itself. */
  readonly off: readonly string[];
  /** Those that it is only a name for. */
  readonly standsFor?: readonly string[];
  /** Whether its name is printed in their place where they go together. */
  readonly standsInNo: boolean;
  readonly synthetic: boolean;
}

/** A core of GCC, or a pair of cores. */
export interface GccCore extends GccCoreRow {
  readonly extensions: ReadonlySet<string>;
}

/** What GCC's driver of one version goes by. */
export interface GccDriver extends GccDriverRow {
  /** In the order in which it prints them. */
  readonly extensions: readonly GccExtension[];
  readonly cores: readonly GccCore[];
  /** The name and the extensions of an architecture. */
  readonly arches: ReadonlyMap<string, { readonly name: string; readonly extensions: ReadonlySet<string> }>;
}

function words(text: string = ''): readonly string[] {
  return text.split(' ').filter(Boolean);
}

function isIn({ in: versions }: { readonly in?: readonly string[] }, version: string): boolean {
  return versions === undefined || versions.includes(version);
}

function extensionsOf(version: string): readonly GccExtension[] {
  const rows = new Map(GCC_EXTENSIONS.map(({ name, rows: all }) => [name, all.find((row) => isIn(row, version))] as const));
  const order = words(GCC_NATIVE.order.find((row) => row.in.includes(version))!.names).filter((name) => rows.get(name) !== undefined);
  const asking = (name: string): readonly string[] => order.filter((other) => words(rows.get(other)!.on).includes(name));
  return order.map((name) => {
    const { when, on, off, standsFor, standsInNo = false, synthetic = false } = rows.get(name)!;
    return {
      name,
      ...given({ when }),
      on: words(on),
      off: off === undefined ? asking(name) : words(off),
      ...(standsFor === undefined ? {} : { standsFor: words(standsFor) }),
      standsInNo,
      synthetic,
    };
  });
}

const drivers = new Map<string, GccDriver>();

/** The driver of a version that is known. */
export function gccDriver(version: string): GccDriver {
  const known = drivers.get(version);
  if (known !== undefined) return known;
  const driver: GccDriver = {
    ...GCC_NATIVE.drivers.find((row) => isIn(row, version))!,
    extensions: extensionsOf(version),
    cores: GCC_NATIVE.cores.filter((row) => isIn(row, version)).map((row) => ({ ...row, extensions: new Set(words(row.has)) })),
    arches: new Map(
      GCC_NATIVE.arches
        .filter((row) => isIn(row, version))
        .map(({ level, name, has }) => [level, { name, extensions: new Set(words(has)) }]),
    ),
  };
  drivers.set(version, driver);
  return driver;
}
