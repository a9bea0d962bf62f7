import { DataError } from './data-error.ts';

/** Where a value stands in a JSON text; both count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Deepest nesting that is read: data files need six. */
const DEEPEST = 32;

/**
 * Parses JSON like `JSON.parse` and remembers where every value begins, by the path that `DataValue` gives it (`clocks.rules[3].limit.n`).
 * A name that an object has twice is refused: the later one would silently win. Throws `DataError` whose path is `name:line:column`.
 */
export const readJsonWithPlaces = (
  name: string,
  text: string,
): { readonly value: unknown; readonly places: ReadonlyMap<string, TextPlace> } => {
  const reader = new PlacedReader(name, text);
  return { value: reader.whole(), places: reader.places };
};

/**
 * A `DataError` about a value of a text, said with the file and line that a person must go to: `clocks.json:14: clocks.rules[3].limit.n:
 * must be …`. A value that is missing has the line of the nearest one around it.
 */
export const atLine = (error: DataError, file: string, places: ReadonlyMap<string, TextPlace>): DataError => {
  let path = error.path;
  while (path !== '' && !places.has(path)) path = path.replace(/(\.[^.[\]]*|\[\d+\]|^[^.[]+)$/, '');
  const problem = error.message.slice(error.path.length + 2);
  return new DataError(`${file}:${places.get(path)?.line ?? 1}`, `${error.path}: ${problem}`);
};

class PlacedReader {
  readonly places = new Map<string, TextPlace>();
  readonly #name: string;
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value(this.#name, 0);
    this.#blank();
    if (this.#at < this.#text.length) this.#fail('is followed by something else');
    return value;
  }

  #fail(problem: string): never {
    throw new DataError(`${this.#name}:${this.#line}:${this.#at - this.#lineStart + 1}`, problem);
  }

  #blank(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === '\n') {
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      } else if (char !== ' ' && char !== '\t' && char !== '\r') return;
    }
  }

  #take(char: string): boolean {
    this.#blank();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #value(path: string, depth: number): unknown {
    if (depth > DEEPEST) this.#fail('is nested too deeply');
    this.#blank();
    this.places.set(path, { line: this.#line, column: this.#at - this.#lineStart + 1 });
    if (this.#take('{')) return this.#members(path, depth);
    if (this.#take('[')) return this.#items(path, depth);
    return this.#scalar();
  }

  #members(path: string, depth: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    if (this.#take('}')) return {};
    do {
      this.#blank();
      const name = this.#scalar();
      if (typeof name !== 'string') this.#fail('must have a name in quotation marks here');
      if (members.has(name)) this.#fail(`has ${JSON.stringify(name)} twice`);
      if (!this.#take(':')) this.#fail('lacks a colon after a name');
      members.set(name, this.#value(`${path}.${name}`, depth + 1));
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('lacks a comma or the closing brace');
    return Object.fromEntries(members);
  }

  #items(path: string, depth: number): unknown[] {
    const items: unknown[] = [];
    if (this.#take(']')) return items;
    do items.push(this.#value(`${path}[${items.length}]`, depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) this.#fail('lacks a comma or the closing bracket');
    return items;
  }

  #scalar(): unknown {
    const found = /(?:"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/y;
    found.lastIndex = this.#at;
    const token = found.exec(this.#text)?.[0];
    if (token === undefined) this.#fail('is not JSON');
    try {
      const value: unknown = JSON.parse(token);
      this.#at += token.length;
      return value;
    } catch {
      return this.#fail('is not JSON');
    }
  }
}
