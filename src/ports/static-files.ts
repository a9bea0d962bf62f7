/** One file that may be served to anybody, with the encodings that exist of it. */
export interface StaticFile {
  readonly type: string;
  /** Quoted entity tag. */
  readonly etag: string;
  /** True when the name carries a hash of the content: cached for good. */
  readonly immutable: boolean;
  /** True for the script of a worker that compiles WebAssembly. */
  readonly worker: boolean;
  /** True when its address tells where somebody lives or writes about: no device keeps it. */
  readonly tellsPlace: boolean;
  /** The bytes in the best of the encodings that the client accepts. */
  body(codings: ReadonlySet<string>): {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly encoding: 'br' | 'gzip' | null;
  };
}

/** Where files come from. Only exact addresses exist, so no path can lead out of a folder. */
export interface StaticFiles {
  /** The file at an address such as `/build/form-3fa9.js`, or null. */
  get(path: string): StaticFile | null;
}
