/** A data file under `db/data/` is wrong. `path` names the entry, e.g. `clocks.rules[3].limit.n`. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}

/** One value of a data file with the path that leads to it: reads it as a type or throws `DataError` naming the entry. */
export class DataValue {
  readonly path: string;
  readonly value: unknown;

  constructor(path: string, value: unknown) {
    this.path = path;
    this.value = value;
  }

  /** Throws `DataError` about this entry. */
  fail(problem: string): never {
    throw new DataError(this.path, problem);
  }

  /** The member of an object; a missing one has the value `undefined`. */
  at(name: string): DataValue {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      this.fail('must be an object');
    return new DataValue(
      `${this.path}.${name}`,
      Object.hasOwn(this.value, name) ? Reflect.get(this.value, name) : undefined,
    );
  }

  /** This object, none of whose members has another name: a misspelt one would silently mean nothing. */
  only(...names: readonly string[]): this {
    for (const [name, value] of this.members())
      if (!names.includes(name)) value.fail(`is no field here; known are ${names.join(', ')}`);
    return this;
  }

  /** The items of an array. */
  items(): DataValue[] {
    if (!Array.isArray(this.value)) this.fail('must be a list');
    return this.value.map((item: unknown, index) => new DataValue(`${this.path}[${index}]`, item));
  }

  /** The members of an object used as a dictionary. */
  members(): [string, DataValue][] {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      this.fail('must be an object');
    return Object.entries(this.value).map(([name, value]) => [
      name,
      new DataValue(`${this.path}.${name}`, value),
    ]);
  }

  /** Text that is not empty and is in NFC. */
  text(): string {
    if (typeof this.value !== 'string' || this.value.trim() === '') this.fail('must be text');
    if (this.value !== this.value.normalize('NFC')) this.fail('must be in Unicode NFC');
    return this.value;
  }

  /** A whole number between the bounds, both included. */
  whole(least: number, most: number): number {
    if (
      typeof this.value !== 'number' ||
      !Number.isInteger(this.value) ||
      this.value < least ||
      this.value > most
    )
      this.fail(`must be a whole number from ${least} to ${most}`);
    return this.value;
  }

  /** True or false. */
  yesNo(): boolean {
    if (typeof this.value !== 'boolean') this.fail('must be true or false');
    return this.value;
  }

  /** One of the given words. */
  oneOf<const T extends string>(words: readonly T[]): T {
    const found = words.find((word) => word === this.value);
    return found ?? this.fail(`must be one of ${words.join(', ')}`);
  }

  /** Null when the value is null or missing, else what `read` makes of it. */
  orNull<T>(read: (value: DataValue) => T): T | null {
    return this.value === null || this.value === undefined ? null : read(this);
  }
}
