import { openInstance, PROVINCE, TO_HIEU } from '../fixtures/instance.ts';
import { testWitness, withLog } from '../fixtures/ledger.ts';
import { type BenchRow, plainRow } from './table.ts';

/** How long the answers are by which a browser compares the directory with the log before it seals; one witness, a log of some hundred entries. */
export async function answerSizes(): Promise<BenchRow[]> {
  const instance = await openInstance();
  try {
    await withLog(instance, { rounds: 3, witnesses: [testWitness(instance)] });
    const rows: BenchRow[] = [];
    for (const [unit, name] of [
      [TO_HIEU, 'of a commune with those above it'],
      [PROVINCE, 'of a province'],
    ] as const) {
      const answer = await instance.app.request(`/api/freshness?unit=${unit}`);
      const { byteLength } = await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`freshness: ${answer.status}`);
      rows.push(plainRow(`what the log says of the directory, ${name}`, byteLength, 'B'));
    }
    const checkpoint = await instance.app.request('/ledger/checkpoint');
    return [
      ...rows,
      plainRow('a checkpoint with one witness’s line', (await checkpoint.arrayBuffer()).byteLength, 'B'),
    ];
  } finally {
    await instance.close();
  }
}
