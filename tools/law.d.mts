/** Paths of the reference files that the console's verifier decides with. */
export function lawFiles(): string[];

/** All of them as JSON on one line, by name. */
export function loadLaw(): string;
