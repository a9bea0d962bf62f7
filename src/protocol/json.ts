import { fromBase64Url } from './base64.ts';
import { fromHex, fromUtf8 } from './bytes.ts';
import { ProtocolError, type ProtocolErrorCode } from './errors.ts';

type JsonObject = { readonly [key: string]: unknown };

/**
 * Parses exact JSON bytes (attacker-controlled, at most `limit` bytes) that must be one object. Throws `code`.
 * What comes out is read through `Reader`; the bytes themselves are what is hashed, signed and kept.
 */
export function parseObject(bytes: Uint8Array, limit: number, code: ProtocolErrorCode): JsonObject {
  if (bytes.length > limit) throw new ProtocolError(code);
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw new ProtocolError(code);
  }
  return parseObjectText(text, code);
}

/** The same for text whose bytes are known to be what it encodes to, and within their bound. Throws `code`. */
export function parseObjectText(text: string, code: ProtocolErrorCode): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError(code);
  }
  return asObject(value, code);
}

function asObject(value: unknown, code: ProtocolErrorCode, field?: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProtocolError(code, field);
  return value as JsonObject;
}

/** Reads the fields of one JSON object strictly: each has its type and bound, and `done` refuses any that was not read. */
export class Reader {
  readonly #object: JsonObject;
  readonly #code: ProtocolErrorCode;
  #read = 0;

  constructor(value: unknown, code: ProtocolErrorCode, field?: string) {
    this.#object = asObject(value, code, field);
    this.#code = code;
  }

  #get(key: string): unknown {
    if (!Object.hasOwn(this.#object, key)) this.fail(key);
    this.#read++;
    return this.#object[key];
  }

  fail(key: string): never {
    throw new ProtocolError(this.#code, key);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#object, key);
  }

  /** A string of at most `max` UTF-16 units, optionally of a form. */
  string(key: string, max: number, form?: RegExp): string {
    const value = this.#get(key);
    if (typeof value !== 'string' || value.length > max) return this.fail(key);
    if (form !== undefined && !form.test(value)) return this.fail(key);
    return value;
  }

  /** Like `string`, narrowed by a guard of the domain (`isUnitId` and the like). */
  guarded<T extends string>(key: string, max: number, guard: (value: string) => value is T): T {
    const value = this.string(key, max);
    return guard(value) ? value : this.fail(key);
  }

  oneOf<T extends string>(key: string, values: readonly T[]): T {
    const value = this.#get(key);
    return values.find((candidate) => candidate === value) ?? this.fail(key);
  }

  integer(key: string, min: number, max: number): number {
    const value = this.#get(key);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
      return this.fail(key);
    return value;
  }

  boolean(key: string): boolean {
    const value = this.#get(key);
    return typeof value === 'boolean' ? value : this.fail(key);
  }

  null(key: string): null {
    return this.#get(key) === null ? null : this.fail(key);
  }

  isNull(key: string): boolean {
    return this.#object[key] === null;
  }

  /** `length` bytes in lowercase hex. */
  hex(key: string, length: number): Uint8Array {
    const text = this.string(key, length * 2);
    if (text.length !== length * 2) return this.fail(key);
    return this.#decoded(key, () => fromHex(text));
  }

  /** `length` bytes in base64url. */
  bytes(key: string, length: number): Uint8Array {
    const text = this.string(key, Math.ceil((length * 4) / 3));
    const bytes = this.#decoded(key, () => fromBase64Url(text));
    return bytes.length === length ? bytes : this.fail(key);
  }

  #decoded(key: string, decode: () => Uint8Array): Uint8Array {
    try {
      return decode();
    } catch {
      return this.fail(key);
    }
  }

  object(key: string): Reader {
    return new Reader(this.#get(key), this.#code, key);
  }

  /** An array of at most `max` elements; each must be a string of at most `length` units. */
  strings(key: string, max: number, length: number): readonly string[] {
    return this.array(key, max).map((value) =>
      typeof value === 'string' && value.length <= length ? value : this.fail(key),
    );
  }

  /** An array of at most `max` objects. */
  objects(key: string, max: number): readonly Reader[] {
    return this.array(key, max).map((value) => new Reader(value, this.#code, key));
  }

  array(key: string, max: number): readonly unknown[] {
    const value = this.#get(key);
    if (!Array.isArray(value) || value.length > max) return this.fail(key);
    return value;
  }

  /** A value that another reader checks. */
  raw(key: string): unknown {
    return this.#get(key);
  }

  /** Refuses fields that nobody asked for, so that nothing can hide in signed bytes. */
  done(): void {
    if (Object.keys(this.#object).length !== this.#read) throw new ProtocolError(this.#code);
  }
}
