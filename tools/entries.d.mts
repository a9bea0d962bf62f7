export function clientEntries(root: string): Record<string, string>;
export function serverEntries(root: string): Record<string, string>;
