/** One file that may be served to anybody, with the encodings that exist of it. */
export interface StaticFile {
  readonly type: string;
  /** Quoted entity tag. */
  readonly etag: string;
  /** True when the name carries a hash of the content: cached for good. */
  readonly immutable: boolean;
  /** True for the script of a worker that compiles WebAssembly. */
  readonly worker: boolean;
  /** The bytes in the best encoding that the client accepts (its Accept-Encoding header). */
  body(acceptEncoding: string): {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly encoding: 'br' | 'gzip' | null;
  };
}

/** Where files come from. Only exact addresses exist, so no path can lead out of a folder. */
export interface StaticFiles {
  /** The file at an address such as `/build/form-3fa9.js`, or null. */
  get(path: string): StaticFile | null;
}
