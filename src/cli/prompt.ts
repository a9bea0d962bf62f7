import type { CommandContext } from './context.ts';
import { UsageError } from './io.ts';

/**
 * A value from the command line, else from the person at the terminal, else the default. Throws UsageError that names the option
 * when there is neither.
 */
export async function answered(
  context: CommandContext,
  given: string | undefined,
  question: { readonly option: string; readonly text: string; readonly fallback?: string },
): Promise<string> {
  if (given !== undefined) return given;
  const { ask } = context.io;
  const { option, text, fallback } = question;
  if (ask === null) {
    if (fallback !== undefined) return fallback;
    throw new UsageError(`${option} is missing (there is no terminal to ask at).`);
  }
  const answer = (await ask(fallback === undefined ? `${text}: ` : `${text} [${fallback}]: `)).trim();
  if (answer !== '') return answer;
  if (fallback !== undefined) return fallback;
  throw new UsageError(`${option} must not be empty.`);
}

/** A whole number in bounds. Throws UsageError that names the option. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < least || value > most) {
    throw new UsageError(`${option} must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** Gathers an option that may be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** Origin of the address that `--url` gives. Throws UsageError. */
export function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    throw new UsageError(`--url is no address: ${url}`);
  }
}
