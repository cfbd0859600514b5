import { Fragment, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { FieldBox, HEAD, HEIGHT } from './field-box.tsx';
import { layoutFields } from './field-layout.ts';
import { moveFocus, spoken } from './field-words.ts';
import type { ShownRegister } from './shown-register.ts';

/** The units of a diagram: one bit's width, and the heights of a row and of what stands over it. */
const BIT = 22;
const ROW = 62;

interface Props {
  readonly shown: ShownRegister;
  readonly bitsPerRow: number;
  /** The path of the field that is open. */
  readonly selected: string | undefined;
  /** The address in which a field is open; asked for again whenever a link is about to be used. */
  linkOf(path: string): string;
}

/** What happens before a link is used. */
const SIGNS = ['pointerenter', 'focusin', 'click', 'contextmenu'] as const;

/**
 * Keeps the links of a diagram up to date. It is drawn again only when its register changes, while the rest of the address moves on; so
 * its links are set whenever someone comes near them. The listeners stand around the diagram, since a browser takes an SVG that listens
 * to the focus for one that wants it.
 */
function useFreshLinks(svg: { readonly current: SVGSVGElement | null }, linkOf: (path: string) => string): void {
  useEffect(() => {
    const around = svg.current?.parentElement;
    const refresh = (): void => {
      for (const link of svg.current?.querySelectorAll('a') ?? []) link.setAttribute('href', linkOf(link.dataset.path ?? ''));
    };
    for (const sign of SIGNS) around?.addEventListener(sign, refresh);
    return () => {
      for (const sign of SIGNS) around?.removeEventListener(sign, refresh);
    };
  }, [linkOf]);
}

/** A register as a row of boxes, one a field. Left and right move between fields; each is a link that opens it. */
export function FieldDiagram({ shown, bitsPerRow, selected, linkOf }: Props): VNode {
  const svg = useRef<SVGSVGElement>(null);
  useFreshLinks(svg, linkOf);
  const descriptors = shown.fields.map(({ field }) => field);
  const rows = layoutFields(descriptors, shown.width, bitsPerRow);
  const first = shown.fields.find(({ path }) => path === selected) ?? shown.fields[0];
  const width = bitsPerRow * BIT;
  return (
    <svg
      ref={svg}
      class="diagram"
      viewBox={`-1 0 ${width + 2} ${rows.length * ROW}`}
      role="toolbar"
      aria-label={`Fields of ${shown.register.name}`}
      onKeyDown={(event) => moveFocus(event, svg.current)}
    >
      {rows.map((row, index) => {
        const top = row[0]?.msb ?? 0;
        return row.map(({ field, msb, lsb }) => {
          const own = shown.fields.find((one) => one.field === field);
          const place = { x: (top - msb) * BIT, y: index * ROW, width: (msb - lsb + 1) * BIT };
          return (
            <Fragment key={msb}>
              <FieldBox own={own} {...place} msb={msb} lsb={lsb} />
              {own !== undefined && (
                <a
                  href={linkOf(own.path)}
                  data-path={own.path}
                  tabindex={own === first ? 0 : -1}
                  aria-label={spoken(own)}
                  aria-current={own.path === selected ? 'true' : undefined}
                >
                  <title>{own.meaning}</title>
                  <rect class="over" x={place.x} y={place.y + HEAD} width={place.width} height={HEIGHT} />
                </a>
              )}
            </Fragment>
          );
        });
      })}
    </svg>
  );
}
