import { expect, onTestFinished, test } from 'vitest';
import { localWitness } from '../../../src/adapters/witness/local-witness.ts';
import { asked, cosignerOver, NOW, stateFolder, timeOf, WITNESS } from './world.ts';

const ask = (witness: ReturnType<typeof localWitness>, ...of: Parameters<typeof asked>) => {
  const { old, proof, note } = asked(...of);
  return witness.addCheckpoint(old, proof, note);
};

test('a witness in the service itself answers as one elsewhere does', async () => {
  const witness = localWitness(WITNESS.key, cosignerOver(stateFolder(onTestFinished)));
  const first = await ask(witness, 0, 8);
  expect(first.kind === 'cosigned' && timeOf(asked(0, 8).note.text, first.lines)).toBe(NOW);
  expect(await ask(witness, 0, 24)).toEqual({ kind: 'size', size: 8 });
  expect(await ask(witness, 8, 24, 100)).toEqual({ kind: 'refused', status: 422 });
});

test('a witness whose memory cannot be read is not there', async () => {
  const witness = localWitness(WITNESS.key, () => Promise.reject(new Error('damaged')));
  expect(await ask(witness, 0, 8)).toEqual({ kind: 'unreachable' });
});
