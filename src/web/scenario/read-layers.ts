import type { Parsed } from '../../diagnostic.ts';
import { parseFirecrackerTemplate } from '../../formats/firecracker-template.ts';
import { parseFieldSetting, parseMask } from '../../formats/mask.ts';
import type { GuestLayer } from '../../hypervisor/guest-layer.ts';
import { findingWords, sentence } from '../sentence.ts';
import type { LayerTexts } from './between-code.ts';

function layerOf({ value, diagnostics }: Parsed<GuestLayer>, problems: string[]): readonly GuestLayer[] {
  problems.push(...diagnostics.map((found) => sentence(`${value.name}: ${findingWords(found)}`)));
  return value.changes.length === 0 ? [] : [value];
}

/** Reads what stands between silicon and kernel; what is not understood is added to the problems. */
export function readLayers({ mask, template, settings }: LayerTexts, problems: string[]): readonly GuestLayer[] {
  return [
    ...(mask === undefined ? [] : layerOf(parseMask(mask, 'the mask'), problems)),
    ...(template === undefined ? [] : layerOf(parseFirecrackerTemplate(template, 'the template'), problems)),
    ...settings.flatMap((setting) => layerOf(parseFieldSetting(setting), problems)),
  ];
}
