import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Notice } from '../notice.tsx';
import { joinFiles } from '../scenario/file-texts.ts';
import { MAX_TEXT, readPasted, TOO_LONG } from '../scenario/pasted.ts';

/** A place for text of any form that tells of a machine: registers, /proc/cpuinfo, a boot log, lscpu and many more. */
export function PastePanel({ choose }: { choose(code: string): void }): VNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string>();
  const read = async (text: string): Promise<void> => {
    const found = await readPasted(text);
    if ('problem' in found) {
      setProblem(found.problem);
      return;
    }
    const { code, isLong } = found;
    setProblem(isLong ? 'The text is too long for an address: a link to this page will not hold it.' : undefined);
    choose(code);
  };
  const readFiles = async (list: FileList | null | undefined): Promise<void> => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    if (files.reduce((sum, { size }) => sum + size, 0) > MAX_TEXT) setProblem(TOO_LONG);
    else await read(joinFiles(await Promise.all(files.map(async (file) => ({ path: file.name, text: await file.text() })))));
  };
  return (
    <details
      class="paste no-print"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (event.dataTransfer?.files.length === 0) return;
        event.preventDefault();
        void readFiles(event.dataTransfer?.files);
      }}
    >
      <summary>Paste or open texts</summary>
      <label class="wide">
        Registers, /proc/cpuinfo, a boot log, lscpu, auxv, KVM or QEMU output: the form is recognised
        <textarea ref={area} rows={6} spellcheck={false} autocomplete="off" placeholder="ID_AA64ISAR1_EL1 0x0000000000200000" />
      </label>
      <p class="row">
        <button type="button" onClick={() => void read(area.current?.value ?? '')}>
          Read it
        </button>
        <label>
          <span class="unseen">Open files of one machine</span>
          <input type="file" multiple onChange={({ currentTarget }) => void readFiles(currentTarget.files)} />
        </label>
      </p>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </details>
  );
}
