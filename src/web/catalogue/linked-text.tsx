import type { VNode } from 'preact';
import { isFieldPath } from '../../arch/field-bits.ts';
import { ReferenceLink } from './reference-link.tsx';

const NAMES = /(FEAT_\w+|\b[A-Z][A-Z0-9_]*_EL[0123]\.\w+|\bCONFIG_\w+|(?<=\bcpucap )\w+)/;

function partOf(text: string, isName: boolean, before: string): VNode | string {
  if (!isName) return text;
  if (isFieldPath(text)) return <ReferenceLink kind="field" name={text} />;
  if (text.startsWith('FEAT_')) return <ReferenceLink kind="feat" name={text} />;
  if (before.endsWith('cpucap ')) return <ReferenceLink kind="cpucap" name={text} />;
  return <code>{text}</code>;
}

/** A sentence of the library in which names of fields, architecture features and cpucaps are links. */
export function LinkedText({ text }: { readonly text: string }): VNode {
  const parts = text.split(NAMES);
  return <>{parts.map((part, index) => partOf(part, index % 2 === 1, parts[index - 1] ?? ''))}</>;
}
