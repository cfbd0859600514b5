import { useEffect } from 'preact/hooks';

/** Tells the page around how high the figure is, whenever that changes. */
export function useFigureHeight(isFigure: boolean): void {
  useEffect(() => {
    const main = document.getElementById('main');
    if (!isFigure || main === null || parent === window) return;
    const tell = (): void => parent.postMessage({ armlens: { height: Math.ceil(main.getBoundingClientRect().height) } }, '*');
    const observer = new ResizeObserver(tell);
    observer.observe(main);
    return () => observer.disconnect();
  }, [isFigure]);
}
