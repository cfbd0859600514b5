/** The longest text that is put into an address once packed, in characters of the address. */
export const MAX_PACKED = 16_000;

/** The longest text that comes out of an address, in bytes: what a link unfolds to must not fill the memory. */
const MAX_UNPACKED = 1 << 20;

async function readAll(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function through(bytes: Uint8Array<ArrayBuffer>, transform: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(transform);
}

/** Packs a text so that it can stand in an address: deflated, in the URL alphabet of base64. */
export async function packText(text: string): Promise<string> {
  const bytes = await readAll(through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY);
  let binary = '';
  for (const byte of bytes ?? []) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=?=$/, '');
}

/** Unpacks what {@link packText} wrote; `undefined` if it did not, or if the text is larger than any capture of a machine. */
export async function unpackText(code: string): Promise<string | undefined> {
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = await readAll(
      through(
        Uint8Array.from(binary, (character) => character.charCodeAt(0)),
        new DecompressionStream('deflate-raw'),
      ),
      MAX_UNPACKED,
    );
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
