import type { VNode } from 'preact';
import { findInstruction, hwcapsOfInstruction, instructionsOfAny } from '../../arch/mnemonic.ts';
import { Instructions, Lead } from '../card/lead.tsx';
import { ReferenceLink, ReferenceLinks } from '../catalogue/reference-link.tsx';
import { INSN_KIND } from '../name/kinds/insn.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

/** An instruction, the features that bring it, and the hwcap to test for. */
function InstructionPage({ name, ...props }: NamePageProps): VNode | null {
  const own = findInstruction(name);
  if (own === undefined) return null;
  const hwcaps = hwcapsOfInstruction(own);
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
        <Instructions title="Comes with" names={instructionsOfAny(own.archFeatures).filter((one) => one !== own.name)} />
      </Lead>
      {first !== undefined && <WayOfName {...props} subject={{ kind: 'hwcap', name: first }} />}
    </>
  );
}

/** The view of instructions. */
export const INSN: LoadedView = namedView({
  view: 'insn',
  kind: INSN_KIND,
  Page: InstructionPage,
  saysWhat: true,
  prepare: async (name, query) => {
    const [first] = hwcapsOfInstruction(findInstruction(name)!);
    if (first !== undefined) await prepareWayOfName({ kind: 'hwcap', name: first }, query);
  },
});
