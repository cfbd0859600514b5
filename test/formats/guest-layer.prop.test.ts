import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFirecrackerTemplate, parseFirecrackerTemplate } from '../../src/formats/firecracker-template.ts';
import { formatMask, formatMaskJson, parseMask } from '../../src/formats/mask.ts';
import { applyGuestLayers } from '../../src/hypervisor/guest-layer.ts';
import { machine } from '../support/arbitraries.ts';
import { guestLayer } from '../support/guest-layers.ts';
import { runs } from '../support/runs.ts';

it('parsing a template that was written gives the layer again', () => {
  fc.assert(
    fc.property(guestLayer('template'), (layer) => {
      expect(parseFirecrackerTemplate(formatFirecrackerTemplate(layer), layer.name)).toEqual({ value: layer, diagnostics: [] });
    }),
  );
});

it('parsing the JSON of a mask that was written gives the layer again', () => {
  fc.assert(
    fc.property(guestLayer('mask'), (layer) => {
      expect(parseMask(formatMaskJson(layer), layer.name)).toEqual({ value: layer, diagnostics: [] });
    }),
  );
});

it('the text of a mask does the same to a machine as the layer', () => {
  fc.assert(
    fc.property(machine(), guestLayer('mask'), (host, layer) => {
      const { value, diagnostics } = parseMask(formatMask(layer));
      expect(diagnostics).toEqual([]);
      expect(applyGuestLayers(host, [value]).machine).toEqual(applyGuestLayers(host, [layer]).machine);
    }),
    { numRuns: runs(40) },
  );
});

it('no text makes a reader throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.json(), (text, json) => {
      for (const one of [text, json]) {
        expect(parseMask(one).value.kind).toBe('mask');
        expect(parseFirecrackerTemplate(one).value.kind).toBe('template');
      }
    }),
  );
});
