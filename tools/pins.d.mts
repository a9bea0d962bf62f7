export function pinsFile(): string;
export function loadPins(): string;
