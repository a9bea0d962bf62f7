/** Stands in for the browser's XMLHttpRequest where there is none: each request goes out by the `fetch` of that moment. */
export const requestsOverFetch = () =>
  class {
    readonly upload: { onprogress: ((event: { loaded: number }) => void) | null } = { onprogress: null };
    onload: (() => void) | null = null;
    onerror: (() => void) | null = null;
    onabort: (() => void) | null = null;
    status = 0;
    responseText = '';
    private method = '';
    private url = '';
    private readonly headers: Record<string, string> = {};

    open(method: string, url: string): void {
      this.method = method;
      this.url = url;
    }

    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }

    abort(): void {
      this.onabort?.();
    }

    send(body: Uint8Array<ArrayBuffer> | string | null): void {
      fetch(this.url, { method: this.method, headers: this.headers, ...(body === null ? {} : { body }) })
        .then(async (response) => {
          this.status = response.status;
          this.responseText = await response.text();
          this.onload?.();
        })
        .catch(() => this.onerror?.());
    }
  };
