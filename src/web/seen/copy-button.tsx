import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

/** Copies a text, and says so. */
export function CopyButton({ text, of }: { readonly text: string; readonly of: string }): VNode {
  const [copied, setCopied] = useState<string>();
  return (
    <button
      type="button"
      class="small no-print"
      aria-label={`Copy ${of}`}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => setCopied(undefined),
        );
      }}
    >
      {copied === text ? 'Copied' : 'Copy'}
    </button>
  );
}
