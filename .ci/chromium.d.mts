import type { BrowserServer } from 'playwright-core';

export declare const RUNS_CHROMIUM: boolean;
export declare function launchChromium(): Promise<BrowserServer>;
