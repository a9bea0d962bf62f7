/**
 * What the oldest browsers with module Workers lack of the methods used here and in `protocol`. Imported first by every entry; each is
 * added only where it is missing.
 */
function add(target: object, name: string, value: (...args: never[]) => unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

add(Array.prototype, 'toSorted', function (this: unknown[], compare?: (a: unknown, b: unknown) => number) {
  return [...this].sort(compare);
});
add(Array.prototype, 'toReversed', function (this: unknown[]) {
  return [...this].reverse();
});
add(Array.prototype, 'at', function (this: unknown[], index: number) {
  return this[index < 0 ? this.length + index : index];
});
add(Object, 'hasOwn', (target: object, key: PropertyKey) => Object.hasOwn(target, key));

if (typeof AbortSignal !== 'undefined')
  add(AbortSignal, 'timeout', (ms: number) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), ms);
    return abort.signal;
  });
