/** Words of an id of 16 bytes. */
const WORDS = 4;

/** A set of ids of 32 hex digits, 16 bytes each: a verifier meets every tip and must know later which there are. */
export class TipSet {
  #words = new Uint32Array(1024 * WORDS);
  #used = new Uint8Array(1024);
  #size = 0;

  add(id: string): void {
    if (this.#size * 2 >= this.#used.length) this.#grow();
    const place = this.#placeOf(wordsOf(id));
    if (this.#used[place] === 1) return;
    this.#words.set(wordsOf(id), place * WORDS);
    this.#used[place] = 1;
    this.#size++;
  }

  has(id: string): boolean {
    return this.#used[this.#placeOf(wordsOf(id))] === 1;
  }

  /** Where the id is, or where it would be put: the first free place from the one that its words lead to. */
  #placeOf(words: readonly number[]): number {
    const mask = this.#used.length - 1;
    let place = words.reduce((mixed, word) => Math.imul(mixed ^ word, 0x9e3779b1) >>> 0, 0) & mask;
    while (this.#used[place] === 1 && !words.every((word, i) => this.#words[place * WORDS + i] === word))
      place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [words, used] = [this.#words, this.#used];
    this.#words = new Uint32Array(words.length * 2);
    this.#used = new Uint8Array(used.length * 2);
    for (let old = 0; old < used.length; old++) {
      if (used[old] !== 1) continue;
      const id = [...words.subarray(old * WORDS, (old + 1) * WORDS)];
      const place = this.#placeOf(id);
      this.#words.set(id, place * WORDS);
      this.#used[place] = 1;
    }
  }
}

const wordsOf = (id: string): readonly number[] =>
  [0, 8, 16, 24].map((at) => Number.parseInt(id.slice(at, at + 8), 16) >>> 0);
