export function pinsFile(): string;
export function loadPins(): Record<string, unknown>;
