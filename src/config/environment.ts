import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment variables one by one and collects what is wrong with them. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string): string | null {
    const value = this.#environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (/^-?\d{1,15}$/.test(text) && value >= min && value <= max) return value;
    this.problems.push(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
    return fallback;
  }

  wholeOrNull(name: string, min: number, max: number): number | null {
    return this.text(name) === null ? null : this.whole(name, min, min, max);
  }

  oneOf<T extends string>(name: string, choices: readonly T[], fallback: T): T;
  oneOf<T extends string>(name: string, choices: readonly T[], fallback: null): T | null;
  oneOf<T extends string>(name: string, choices: readonly T[], fallback: T | null): T | null {
    const text = this.text(name);
    if (text === null) return fallback;
    const choice = choices.find((one) => one === text);
    if (choice === undefined)
      this.problems.push(`${name} must be one of ${choices.join(', ')}, not "${text}"`);
    return choice ?? fallback;
  }

  /** Content of the file that a variable names; the value itself is never put into a message. */
  secretFile(name: string): string {
    const path = this.text(name);
    if (path === null) {
      this.problems.push(`${name} is missing`);
      return '';
    }
    try {
      const secret = readFileSync(path, 'utf8').trim();
      if (secret === '') this.problems.push(`${name}: the file is empty`);
      return secret;
    } catch {
      this.problems.push(`${name}: the file cannot be read`);
      return '';
    }
  }

  /** Counts every variable of this service as a problem whose name is not known. */
  unknown(known: ReadonlySet<string>): void {
    for (const name of Object.keys(this.#environment)) {
      if (name.startsWith('TINKIN_') && !known.has(name.slice('TINKIN_'.length))) {
        this.problems.push(`${name} is not a variable of this service`);
      }
    }
  }
}
