import type { VNode } from 'preact';
import { allCompatHwcaps } from '../../answers/compat-hwcap.ts';
import { allCpucaps, cpucapCard } from '../../answers/cpucap-card.ts';
import { errataByNumber } from '../../answers/erratum-pages.ts';
import { findInstruction } from '../../arch/mnemonic.ts';
import { formatCondition } from '../../formats/condition.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { KNOWN_TREES, MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { rowTimeline } from '../../linux/release/row-timeline.ts';
import { AffectedCores } from '../card/affected-cores.tsx';
import { Lead } from '../card/lead.tsx';
import { ReleaseTimeline, type TimelineWords } from '../card/release-timeline.tsx';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { type Lazy, lazy } from '../lazy.tsx';
import { linkTo } from '../route.ts';
import type { ViewProps } from '../view.ts';
import type { LiveWayProps } from '../why/live-way.tsx';

/** The way of a bit, of which most pages of names have none. */
export const Way: Lazy<LiveWayProps> = lazy(async () => (await import('../why/live-way.tsx')).LiveWay);

/** What became new in a mainline release, and what of it is known. */
export function ReleasePage({ name }: { readonly name: string }): VNode {
  const at = MAINLINE_RELEASES.indexOf(name);
  const hwcaps = allHwcaps().filter(({ since }) => since === name);
  const cpucaps = allCpucaps().filter((one) => cpucapCard(one)!.rows.every(({ row }) => row.since === name));
  const trees = KNOWN_TREES.filter(({ release }) => release === name || release.startsWith(`${name}.`));
  const beside = [MAINLINE_RELEASES[at - 1], MAINLINE_RELEASES[at + 1]].filter((one) => one !== undefined);
  return (
    <FactList
      facts={[
        ['New hwcaps', hwcaps.length === 0 ? 'none' : <ReferenceLinks kind="hwcap" names={hwcaps.map((one) => one.name)} />],
        ['New cpucaps', cpucaps.length === 0 ? 'none' : <ReferenceLinks kind="cpucap" names={cpucaps} />],
        ['Read and recorded', trees.map(({ release }) => release).join(', ')],
        ['Before and after', <ReferenceLinks key="beside" kind="release" names={beside} />],
        [
          'See it',
          <a key="see" href={linkTo('machine', '', [['k', name]])}>
            a machine under Linux {name}
          </a>,
        ],
      ]}
    />
  );
}

/** What a kernel does about an erratum. */
const WORKS_AROUND: TimelineWords = {
  present: 'works around it',
  update: 'works around it from an update on',
  went: 'no more since an update',
  unknown: 'not known',
  absent: 'does not',
};

/** An erratum by its number. */
export function ErratumPage({ name }: { readonly name: string }): VNode {
  const errata = errataByNumber().get(name) ?? [];
  const Heading = errata.length > 1 ? 'h3' : 'h2';
  return (
    <>
      {errata.map(({ name: title, cpucap, row }) => (
        <section key={`${title} ${row.since}`}>
          {errata.length > 1 && <h2>{title}</h2>}
          <FactList
            facts={[
              ['Cpucap', <ReferenceLink key="cpucap" kind="cpucap" name={cpucap} />],
              ['Hides', row.hides !== undefined && <ReferenceLink kind="field" name={row.hides} />],
              ['Clears', row.clearsCompat !== undefined && `the hwcap ${row.clearsCompat} of 32-bit programs`],
              ['Traps', row.trapsCtr && 'reads of CTR_EL0 at EL0'],
            ]}
          />
          <AffectedCores row={row} />
          <Heading>Since which kernel</Heading>
          <ReleaseTimeline timeline={rowTimeline(row)} name={title} words={WORKS_AROUND} />
        </section>
      ))}
    </>
  );
}

/** A hwcap of 32-bit programs. */
export function CompatPage({ name, ...props }: ViewProps & { readonly name: string }): VNode | null {
  const own = allCompatHwcaps().find((one) => one.name === name);
  if (own === undefined) return null;
  return (
    <>
      {own.when !== undefined && <Way {...props} subject={{ kind: 'compat', name }} />}
      <FactList
        facts={[
          ['Bit', `bit ${own.bit} of ${own.vector}: 0x${((1 << own.bit) >>> 0).toString(16).padStart(8, '0')}`],
          ['Set by', own.setBy],
          ['Shown when', own.when !== undefined && <LinkedText text={formatCondition(own.when)} />],
          ['Linux', own.since === undefined ? 'no arm64 kernel sets it' : `since ${own.since}, with CONFIG_COMPAT`],
          ['For 64-bit programs', allHwcaps().some((one) => one.name === name) && <ReferenceLink kind="hwcap" name={name} />],
        ]}
      />
    </>
  );
}

/** An instruction, the features that bring it, and the hwcap to test for. */
export function InstructionPage({ name, ...props }: ViewProps & { readonly name: string }): VNode | null {
  const own = findInstruction(name);
  if (own === undefined) return null;
  const hwcaps = [...new Set(own.archFeatures.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps))];
  const [first] = hwcaps;
  return (
    <>
      <Lead hwcaps={hwcaps}>
        <p class="lead">
          {own.isRegister ? 'A register' : 'An instruction'} of{' '}
          {own.archFeatures.map(({ name: feature, description, introduced }, index) => (
            <span key={feature}>
              {index > 0 && ', or of '}
              <ReferenceLink kind="feat" name={feature} /> ({description}; <ReferenceLink kind="level" name={introduced.level} />)
            </span>
          ))}
          .{' '}
          {hwcaps.length === 0 ? (
            'No hwcap tells of it: the kernel, not a program, decides whether it is used.'
          ) : (
            <>
              A program tests the hwcap <ReferenceLinks kind="hwcap" names={hwcaps} between=" or " /> before it uses it.
            </>
          )}
        </p>
      </Lead>
      {first !== undefined && <Way {...props} subject={{ kind: 'hwcap', name: first }} />}
    </>
  );
}
