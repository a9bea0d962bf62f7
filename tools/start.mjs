// `npm start`: build if needed, make or renew the demonstration (or take the instance that TINKIN_DATA names), serve it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const server = (name) => join(root, 'dist', 'server', `${name}.js`);
const data = process.env.TINKIN_DATA ? resolve(process.env.TINKIN_DATA) : join(root, 'data', 'demo');

/** Runs `tinkin` and returns what it printed with --json; its progress goes to the terminal. */
const tinkin = (...args) => {
  const done = spawnSync(process.execPath, [server('cli'), '--data', data, '--json', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = JSON.parse(done.stdout || '{}');
  if (done.status !== 0) {
    console.error(`tinkin: ${said.error?.message ?? 'failed'}`);
    process.exit(done.status ?? 1);
  }
  return said;
};

const isProduction = () =>
  process.env.TINKIN_MODE === 'production' ||
  (existsSync(join(data, 'instance.json')) && !existsSync(join(data, 'demo-logins.json')));

/** Who is who, the roles that the story of the README needs first. */
const printLogins = (logins) => {
  const width = Math.max(...logins.map(({ account }) => account.length));
  let unit = '';
  for (const { account, unitName, roles, passphrase } of logins) {
    if (unitName !== unit) console.log(`\n  ${unitName}`);
    unit = unitName;
    console.log(`    ${account.padEnd(width)}  ${roles.join(', ').padEnd(14)}  ${passphrase}`);
  }
};

build();
if (!isProduction()) {
  const { logins, codes } = tinkin('demo', 'ensure', '--logins', '--history');
  const base =
    process.env.TINKIN_ORIGIN ?? `http://${process.env.HOST ?? '127.0.0.1'}:${process.env.PORT ?? '8080'}`;
  console.log('\nTinKín: demonstration. Nothing you send here reaches any authority.');
  printLogins(logins);
  if (codes.length > 0) console.log('\n  Codes of invented tips, to read their answers');
  for (const { code, about } of codes) console.log(`    ${code.match(/.{4}/g).join(' ')}  ${about}`);
  console.log(`
  Send a tip        ${base}/            (English: ${base}/en)
  Read the answer   ${base}/mailbox
  Console of staff  ${base}/console
  One-time code     npm run tinkin -- demo code tohieu.canbo
  Stop              Ctrl+C
`);
}
// Held by a pipe: npm does not pass SIGTERM on, and the service must not outlive the command that started it.
process.exitCode = await run(process.execPath, [server('main.node')], {
  cwd: root,
  stdio: ['pipe', 'inherit', 'inherit'],
  env: { ...process.env, TINKIN_DATA: data, TINKIN_EXIT_WITH_STDIN: '1' },
});
