import type { NameView } from '../route.ts';
import { COMPAT_KIND } from './kinds/compat.ts';
import { CORE_KIND } from './kinds/core.ts';
import { CPUCAP_KIND } from './kinds/cpucap.ts';
import { ERRATUM_KIND } from './kinds/erratum.ts';
import { FEAT_KIND } from './kinds/feat.ts';
import { FIELD_KIND } from './kinds/field.ts';
import { HWCAP_KIND } from './kinds/hwcap.ts';
import { INSN_KIND } from './kinds/insn.ts';
import { LEVEL_KIND } from './kinds/level.ts';
import { REGISTER_KIND } from './kinds/register.ts';
import { RELEASE_KIND } from './kinds/release.ts';
import type { NameKind } from './name-kind.ts';

/** Every kind of names, by view. */
export const NAMES: Readonly<Record<NameView, NameKind>> = {
  hwcap: HWCAP_KIND,
  compat: COMPAT_KIND,
  feat: FEAT_KIND,
  cpucap: CPUCAP_KIND,
  register: REGISTER_KIND,
  field: FIELD_KIND,
  core: CORE_KIND,
  level: LEVEL_KIND,
  release: RELEASE_KIND,
  erratum: ERRATUM_KIND,
  insn: INSN_KIND,
};
