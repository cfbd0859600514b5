import { given } from '../../given.ts';
import { type Cause, vendorOf } from './cause.ts';
import type { InferGiven } from './given.ts';
import type { FeaturesLine, LineOddity } from './line.ts';

/** What accounts for the oddities of the text itself. */
export function explainOddities(
  { oddities, vocabulary, names, isPart }: FeaturesLine,
  { release, midrs = [] }: InferGiven,
): readonly Cause[] {
  const vendor = vendorOf(release, midrs);
  const told = given({ vendor });
  const one = (oddity: LineOddity): Cause => {
    switch (oddity.kind) {
      case 'repeated':
        return { kind: 'vendor-kernel', evidence: 'repeated', names: oddity.names, ...told };
      case 'old-spelling':
        return { kind: 'vendor-kernel', evidence: 'old-spelling', names: [oddity.name], base: '3.10', ...told };
      case 'cut':
        return { kind: 'piece', ...given({ name: oddity.name }) };
      case 'order':
        return { kind: 'edited', oddity };
      case 'unknown':
        return oddity.nearest === undefined || names.includes(oddity.nearest)
          ? { kind: 'unexplained', names: [oddity.name], because: 'unknown-name' }
          : { kind: 'misspelt', name: oddity.name, nearest: oddity.nearest };
    }
  };
  const both: readonly Cause[] =
    vocabulary === 'mixed' ? [{ kind: 'vendor-kernel', evidence: 'both-vocabularies', names: [], ...told }] : [];
  const streaming = vocabulary === 'native' && !isPart && !names.includes('sve') ? names.filter((name) => /^sve/.test(name)) : [];
  return [
    ...(isPart && !oddities.some(({ kind }) => kind === 'cut') ? [{ kind: 'piece' } as const] : []),
    ...both,
    ...oddities.map(one),
    ...(streaming.length === 0 ? [] : [{ kind: 'streaming', names: streaming } as const]),
  ];
}
