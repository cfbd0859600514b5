import { findArchFeatureRule } from '../../arch/arch-feature-rule.ts';
import { hwcapsTelling } from '../arch-feature-hwcaps.ts';
import type { WhySubject } from './why-subject.ts';

/** The hwcaps by which programs learn of what was asked; none for what only the kernel knows. */
export function hwcapsOfSubject({ kind, name }: WhySubject): readonly string[] {
  if (kind === 'hwcap') return [name];
  const feature = kind === 'arch-feature' ? findArchFeatureRule(name) : undefined;
  return feature === undefined ? [] : hwcapsTelling(feature.name);
}
