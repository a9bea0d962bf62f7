import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where Debian's golang-golang-x-mod-dev puts its sources. */
const GOPATH = '/usr/share/gocode';

/** True where Go and its packages for transparency logs are installed. */
export const GO =
  existsSync(`${GOPATH}/src/golang.org/x/mod/sumdb/tlog`) && spawnSync('go', ['version']).status === 0;
if (!GO)
  console.warn(
    'Go with golang-golang-x-mod-dev is not here: the log was NOT compared with another implementation in this run.',
  );

/** Builds a program of one file into a folder; returns its path. */
export function buildGo(file: string, folder: string): string {
  const program = join(folder, basename(dirname(file)));
  const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOCACHE: join(folder, 'cache'), GOFLAGS: '' };
  execFileSync('go', ['build', '-o', program, file], { env });
  return program;
}
