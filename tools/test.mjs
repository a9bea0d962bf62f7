// `npm test`: format and lint, types, then every test. Extra arguments go to vitest (`npm test -- test/domain`).
// `--full` runs the faults at full size. The report for machines is dist/test-report.json.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, 'dist', 'test-report.json');
const bin = (path) => join(root, 'node_modules', ...path.split('/'));

const args = process.argv.slice(2);
const full = args.includes('--full');
const passed = args.filter((arg) => arg !== '--full');
const env = { ...process.env, ...(full ? { TINKIN_FULL: '1' } : {}) };
rmSync(report, { force: true });

const failed = [];
const step = async (name, file, stepArgs) => {
  console.log(`\n— ${name}`);
  const code = await run(process.execPath, [bin(file), ...stepArgs], { cwd: root, env });
  if (code !== 0) failed.push(name);
  return code;
};

if (passed.length === 0) {
  await step('Format and lint', '@biomejs/biome/bin/biome', ['check', '.']);
  await step('Types', 'typescript/bin/tsc', ['--noEmit']);
}
const code = await step('Tests', 'vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...passed,
]);
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = code !== 0 ? code : failed.length > 0 ? 1 : 0;
