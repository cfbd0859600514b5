import { coresOfErratum } from '../../../answers/erratum-cores.ts';
import { errataByNumber } from '../../../answers/erratum-pages.ts';
import { capitalised } from '../../../capitalised.ts';
import { affectedCore } from '../../card/affected-core.ts';
import { listed, type NameKind } from '../name-kind.ts';

function erratumSentence(number: string): string {
  const errata = errataByNumber().get(number) ?? [];
  const cores = [...new Set(errata.flatMap((erratum) => coresOfErratum(erratum).map((core) => affectedCore(core).name)))];
  const names = [...new Set(errata.map(({ name }) => name))].join('; ');
  return `${capitalised(names)}, which Linux works around as ${[...new Set(errata.map(({ cpucap }) => cpucap))].join(', ')}.${cores.length === 0 ? '' : ` It concerns ${listed(cores)}.`}`;
}

/** Errata. */
export const ERRATUM_KIND: NameKind = {
  word: 'erratum',
  plural: 'Errata',
  about: 'Errata for which Linux has a workaround; some take a hwcap from programs.',
  all: () => [...errataByNumber().keys()],
  find: (text) => {
    const plain = text.toUpperCase().replace(/^(?:(?:ARM|CAVIUM|QUALCOMM|HISILICON|NVIDIA|AMPERE\w*) )?(?:ERRATUM|ERRATA) ?#?/, '');
    return [...errataByNumber().keys()].find((number) => number.toUpperCase() === plain);
  },
  sentence: erratumSentence,
};
