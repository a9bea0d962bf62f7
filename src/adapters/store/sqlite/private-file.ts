import { closeSync, fchmodSync, openSync } from 'node:fs';

/**
 * Creates an empty file that its owner alone reads and writes (0600, whatever the umask), which SQLite then fills; its log files take the
 * mode over. Leaves a file that exists as it is. Where none can be made, opening the database says why.
 */
export function createPrivately(file: string): void {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch {
    return;
  }
  try {
    fchmodSync(handle, 0o600);
  } finally {
    closeSync(handle);
  }
}
