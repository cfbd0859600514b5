import { findArchFeature } from '../../../arch/arch-feature.ts';
import type { NameKind } from '../name-kind.ts';
import { featKind } from './feat-kind.ts';

/** Architecture features. */
export const FEAT_KIND: NameKind = featKind(findArchFeature);
