import { renderToString } from 'preact-render-to-string';
import { beforeAll, describe, expect, it } from 'vitest';
import { ARCH_FEATURE_MACHINES } from '../../src/answers/generated/arch-feature-machines.ts';
import { CPUCAP_MACHINES } from '../../src/answers/generated/cpucap-machines.ts';
import { HWCAP_MACHINES } from '../../src/answers/generated/hwcap-machines.ts';
import { askedOf } from '../../src/answers/why/asked.ts';
import { follow } from '../../src/answers/why/follow.ts';
import { findWhySubject, why } from '../../src/answers/why.ts';
import { subjectName } from '../../src/formats/verdict-words.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { loadLater } from '../../src/web/later.ts';
import { inMode, pictured } from '../../src/web/present/mode.ts';
import { Presentation } from '../../src/web/present/stage.tsx';
import { parseRoute, type Query } from '../../src/web/route.ts';
import { fetchMachine } from '../../src/web/scenario/base-machine.ts';
import { layeredOf } from '../../src/web/scenario/between-code.ts';
import { buildScenario, tryBoot } from '../../src/web/scenario/build-scenario.ts';
import { parseScenario } from '../../src/web/scenario/scenario-query.ts';
import { VIEWS } from '../../src/web/view.ts';
import { LOSS } from '../../src/web/why/loss.ts';
import { stagesOf } from '../../src/web/why/stages.ts';
import { loadWayStart, onMachine } from '../../src/web/why/way-start.ts';
import { withPrograms } from '../../src/web/why/with-programs.ts';
import { textOf } from '../support/html-text.ts';

async function shown(address: string): Promise<string> {
  const { route } = parseRoute(address);
  const { View, prepare } = await VIEWS[route.view].load();
  await prepare?.(route);
  return renderToString(<View route={route} navigate={() => undefined} />);
}

describe('pages of names', () => {
  beforeAll(() => LOSS.load().then(() => undefined));

  it('an erratum: which kernels work around it, by which option', async () => {
    const text = textOf(await shown('erratum/1508412/'));
    expect(text).toContain('CONFIG_ARM64_ERRATUM_1508412');
    expect(text).toContain('works around it');
    expect(text).not.toContain('has it');
  });

  it('an instruction shows the way of the hwcap to test for', async () => {
    expect(await shown('insn/LDAPUR/')).toContain('aria-label="The way of ilrcpc"');
  });

  it('an instruction names those that come with it', async () => {
    const html = await shown('insn/CPYFP/');
    expect(html).toContain('href="./insn/CPYFM/"');
    expect(html).not.toContain('href="./insn/CPYFP/"');
  });

  it('a core that no known machine has leads to a machine made of one', async () => {
    expect(await shown('core/Blizzard-M2-Pro/')).toContain('href="./machine/Blizzard-M2-Pro/"');
  });

  it('a hwcap of 32-bit programs is shown on a machine that runs them, until another one is chosen', async () => {
    expect(textOf(await shown('compat/neon/'))).toContain('neon: present.');
    expect(textOf(await shown('compat/neon/?m=parallels-m1'))).toContain('neon: absent.');
  });

  it('a hwcap of 32-bit programs and a cpucap show their way', async () => {
    expect(await shown('compat/aes/')).toContain('aria-label="The way of aes"');
    expect(await shown('cpucap/HAS_LSE_ATOMICS/')).toContain('aria-label="The way of HAS_LSE_ATOMICS"');
  });

  it('a cpucap that hangs on the core does not say that no register tells, and a range of one revision is one', async () => {
    const text = textOf(await shown('cpucap/WORKAROUND_REPEAT_TLBI/?m=parallels-m1'));
    expect(text).toContain('MIDR_EL1 tells the core');
    expect(text).not.toContain('no ID register tells');
    expect(text).toContain('QCOM_FALKOR_V1 r0p0,');
  });

  it('a hwcap that no register shows, and a feature that every CPU of its level has, are said in one sentence each', async () => {
    expect(textOf(await shown('hwcap/evtstrm/'))).toContain('Short for “event stream”. No ID register tells of it: it is set when');
    expect(textOf(await shown('feat/FEAT_ECBHB/'))).toContain('In every CPU from Armv8.9-A on');
  });

  it('what of the address a way does not understand is told', async () => {
    const text = textOf(await shown('hwcap/sve/?o=CONFIG_ARM64_SVE:maybe&without=x'));
    expect(text).toContain('maybe is no value of an option');
    expect(text).toContain('without=x is no list of CPUs.');
    expect(text).toContain('sve: present.');
  });

  it('a sentence below a heading does not begin with the name again', async () => {
    expect(await shown('register/ID_AA64ISAR1_EL1/')).toContain('<p class="lead">AArch64 Instruction Set Attribute Register 1');
  });

  it('no cell is blank: what begins with no value is said', async () => {
    expect(await shown('field/ID_AA64ISAR1_EL1.LRCPC/')).not.toMatch(/<td[^>]*><\/td>/);
  });

  it('a name that nobody has leads to those that are near, and to all', async () => {
    const near = await shown('register/ID_AA64ISAR9_EL1/');
    expect(near).toContain('href="./register/ID_AA64ISAR1_EL1/"');
    expect(near).toContain('href="./register/ID_AA64ISAR2_EL1/"');
    for (const [address, list] of [
      ['hwcap/nonsense/', './hwcap/'],
      ['register/FOO/', './register/'],
      ['erratum/99999/', './erratum/'],
    ] as const)
      expect(await shown(address)).toContain(`<a href="${list}">`);
  });

  it('the list of lessons shows code as code', async () => {
    expect(await shown('lesson/')).not.toContain('`');
  });
});

describe('the parts of a way', () => {
  let machine: Awaited<ReturnType<typeof loadMachine>>['machine'];
  beforeAll(async () => {
    ({ machine } = await loadMachine('trm-neoverse-v1'));
  });

  it('a cpucap ends in the kernel', () => {
    const answer = why('cpucap:SVE', { machine, layers: [], kernel: { release: '6.12' }, environment: {} });
    expect(stagesOf(answer).map(({ stage }) => stage)).toEqual(['silicon', 'hypervisor', 'kernel']);
  });

  it('until the tables of programs are there, none is said to use a bit', () => {
    const answer = follow({ kind: 'hwcap', name: 'ilrcpc' }, { machine, layers: [], kernel: { release: '6.12' }, environment: {} });
    const words = (own: typeof answer): string => stagesOf(own).find(({ stage }) => stage === 'runtime')!.words;
    expect(words(withPrograms(answer))).not.toContain('Go');
    expect(words(answer)).toBe('programs that ask for it');
  });

  it('programs that go by the core are said to use it all the same where it does not arrive', () => {
    const layer = { name: 'a mask', kind: 'mask', changes: [{ register: 'ID_AA64PFR0_EL1', mask: 0xfn << 32n, value: 0n }] } as const;
    const scenario = { machine, layers: [layer], kernel: { release: '6.12' }, environment: {} };
    const answer = withPrograms(follow({ kind: 'hwcap', name: 'sve' }, scenario));
    const runtime = stagesOf(answer).find(({ stage }) => stage === 'runtime');
    expect(runtime?.state).toBe('after');
    expect(runtime?.words).toBe('Clang -mcpu=native would use it all the same');
  });
});

describe('the machine on which a way is shown', () => {
  const asked = async (kind: 'hwcap' | 'arch-feature' | 'compat', name: string, query: Query = []): Promise<string | undefined> =>
    onMachine(query, (await loadWayStart({ kind, name })).machine).find(([key]) => key === 'm')?.[1];

  it('has the hwcap where the first one has it not, and any known machine has', async () => {
    expect(await asked('hwcap', 'ilrcpc')).toBeUndefined();
    expect(await asked('arch-feature', 'FEAT_SVE')).toBe(await asked('hwcap', 'sve'));
    for (const [name, hwcaps] of Object.entries(HWCAP_MACHINES)) {
      const found = await fetchMachine({ kind: 'known', name });
      const built = 'base' in found ? buildScenario(parseScenario([['m', name]]).value, found.base) : undefined;
      const booted = built === undefined ? undefined : tryBoot(built.scenario);
      expect(booted !== undefined && 'system' in booted ? booted.system.hwcaps.names : [], name).toEqual(
        expect.arrayContaining(hwcaps.split(' ')),
      );
    }
  });

  it('has what no hwcap tells of, too', async () => {
    const tables = [
      ['arch-feature', ARCH_FEATURE_MACHINES],
      ['cpucap', CPUCAP_MACHINES],
    ] as const;
    for (const [kind, table] of tables) {
      for (const [name, names] of Object.entries(table)) {
        const found = await fetchMachine({ kind: 'known', name });
        const built = 'base' in found ? buildScenario(parseScenario([['m', name]]).value, found.base) : undefined;
        for (const own of built === undefined ? [] : names.split(' '))
          expect(follow({ kind, name: own }, layeredOf(built!.scenario), askedOf({ kind, name: own })).present, `${own} on ${name}`).toBe(
            true,
          );
      }
    }
    expect(await asked('arch-feature', 'FEAT_VHE')).toBeDefined();
    expect(await asked('arch-feature', 'FEAT_VHE', [['m', 'rk3588']])).toBe('rk3588');
    expect(await asked('arch-feature', 'FEAT_PAN')).toBeUndefined();
  });

  it('is the one that an address names', async () => {
    expect(await asked('hwcap', 'sve', [['m', 'rk3588']])).toBe('rk3588');
    expect(await asked('hwcap', 'sve', [['p', 'x']])).toBeUndefined();
  });

  it('runs 32-bit programs where these are asked about', async () => {
    expect(await asked('compat', 'neon')).toBe('raspberry-pi-4');
  });
});

describe('a page and its presentation', () => {
  it.each([
    'hwcap/sve/',
    'feat/FEAT_VHE/',
    'feat/FEAT_LSE/',
    'cpucap/HAS_VIRT_HOST_EXTN/',
    'cpucap/WORKAROUND_1742098/',
    'cpucap/SVE/',
    'machine/?why=sve',
    'machine/apple-m2-max/?why=FEAT_VHE',
  ])('%s: both give one answer, on one machine', async (address) => {
    const { route } = parseRoute(address);
    const presented = inMode(route, 'present');
    const text = pictured(presented)!;
    const { View, prepare } = await VIEWS[route.view].load();
    await Promise.all([prepare?.(route), loadWayStart(findWhySubject(text)), loadLater()]);
    const answer = (html: string): readonly (string | undefined)[] =>
      [/<p class="verdict[\s\S]*?<\/p>/, /<option selected value="[^"]*"/].map((pattern) => pattern.exec(html)?.[0]);
    const page = answer(renderToString(<View route={route} navigate={() => undefined} />));
    expect(page[0]).toContain(subjectName(findWhySubject(text)));
    expect(page[0]).not.toContain('not known');
    const props = { route: presented, navigate: () => undefined, mode: 'present', text } as const;
    expect(answer(renderToString(<Presentation {...props} />))).toEqual(page);
  });
});
