import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { httpWitness } from '../../../src/adapters/witness/http-witness.ts';
import { witnessFolder } from '../../../src/adapters/witness/witness-folder.ts';
import { encodeWitnessRequest } from '../../../src/ledger/witness.ts';
import { asked, cosignerOver, LOG_KEY, stateFolder, WITNESS } from './world.ts';

const PROGRAM = join(import.meta.dirname, 'witness-program.ts');

test('a witness that is killed at any moment has kept what it signed, and signs no second tree', async () => {
  const folder = stateFolder(onTestFinished);
  const state = witnessFolder(folder);
  for (let kill = 0; kill < 4; kill++) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const witness = httpWitness(WITNESS.key, `http://127.0.0.1:${String(port).trim()}`);
    const gone = once(child, 'exit');
    let signed = (await state.newest(LOG_KEY.name))?.checkpoint.size ?? 0;
    setTimeout(() => child.kill('SIGKILL'), kill * 7);
    for (let size = signed + 1; size <= 24; size++) {
      const { old, proof, note } = asked(signed, size);
      if ((await witness.addCheckpoint(old, proof, note)).kind !== 'cosigned') break;
      signed = size;
    }
    child.kill('SIGKILL');
    await gone;
    const kept = (await state.newest(LOG_KEY.name))?.checkpoint.size ?? 0;
    // One more may have been kept whose answer was lost.
    expect([signed, signed + 1]).toContain(kept);
    if (kept === 0) continue;
    const other = encodeWitnessRequest(asked(kept, kept, 100));
    expect(await cosignerOver(folder)(other)).toMatchObject({ status: 409, size: kept, fork: true });
  }
});
