/** Flags for every Chromium of the tests: it talks to loopback only, and its camera and microphone are fake. */
export declare const chromiumFlags: string[];
/** Preferences for every Firefox of the tests, for the same reasons. */
export declare const firefoxPreferences: Record<string, boolean | number | string>;
/** The Chromium to drive. */
export declare const findChromium: () => Promise<string | undefined>;
/** The Firefox to drive. */
export declare const findFirefox: () => Promise<string | undefined>;
