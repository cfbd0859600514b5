import type { Browser } from 'playwright-core';

export declare const RUNS_CHROMIUM: boolean;
export declare function unpackedBrowser(): string;
export declare function launchChromium(): Promise<Browser>;
