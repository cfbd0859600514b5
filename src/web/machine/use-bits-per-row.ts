import { useEffect, useState } from 'preact/hooks';

/** Where 32 bits in a row can be read; below it 16 stand in one. */
const WIDE = 'print, (min-width: 38rem)';

/** How many bits of a register fit in a row; follows the width of the page. */
export function useBitsPerRow(): number {
  const [isWide, setWide] = useState(() => typeof matchMedia === 'undefined' || matchMedia(WIDE).matches);
  useEffect(() => {
    const list = matchMedia(WIDE);
    const update = (): void => setWide(list.matches);
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, []);
  return isWide ? 32 : 16;
}
