// Child process: verifies a bundle in a folder as `tinkin audit verify` does; tells speed, signatures and memory. Arguments: folder; where
// signatures are checked: `nowhere` (each taken for right), `here` on this thread, `threads` as the command line does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rememberingVerifier } from '../../src/adapters/crypto/ed25519.ts';
import { verifyBundle } from '../../src/audit/verify.ts';
import { auditEnvironment, auditVerifier, runAudit } from '../../src/cli/audit/run-audit.ts';
import { shippedData } from '../../src/instance/shipped-data.ts';
import { parsePins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { bundleIn, PINS } from './bundle-lines.ts';

const [folder = '', where = 'threads'] = process.argv.slice(2);
const pins = parsePins(readFileSync(join(folder, PINS), 'utf8'));
const verifier = auditVerifier(await loadSodiumSuite());
const data = shippedData();
const lines = () => bundleIn(folder);
const held = rememberingVerifier();
const alone = auditEnvironment(verifier, pins, data, (jobs) =>
  Promise.all(
    jobs.map(({ signature, message, publicKey }) =>
      where === 'nowhere' ? true : held({ signature, message, publicKey }),
    ),
  ),
);
const started = performance.now();
const spent = process.cpuUsage();
const report = await (where === 'threads'
  ? runAudit(verifier, pins, data, lines, {})
  : verifyBundle(alone, lines));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(spent);
if (!report.ok) throw new Error(`an honest bundle: ${JSON.stringify(report.violations.slice(0, 3))}`);
process.send?.({
  events: report.events / seconds,
  signatures: report.signatures / seconds,
  perCpuSecond: (report.signatures * 1e6) / (user + system),
  rss: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
