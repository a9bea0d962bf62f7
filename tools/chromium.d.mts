export function findChromium(): string | null;
export function installChromium(): string;
export const CHROMIUM_SWITCHES: string[];
