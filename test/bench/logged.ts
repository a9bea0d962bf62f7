import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { message, start } from './child.ts';
import { load, seal, stop } from './load-rounds.ts';
import { type BenchRow, plainRow } from './table.ts';

const CLIENTS = 64;

/** What one sequencing of everything that waited took. */
interface Sequenced {
  readonly events: number;
  readonly seconds: number;
}

/**
 * What the log costs: tips a second at 64 clients by two services, one of which takes them into its log every two seconds beside it, in turns;
 * then the other's tips, all at once, for the cost of an event.
 */
export async function benchLogged(small: boolean): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-logged-'));
  const [seconds, turns, tips] = small ? [2, 1, 800] : [8, 2, 12_000];
  try {
    const servers = [
      start('instance-server.ts', ['tinkin']),
      start('instance-server.ts', ['logged']),
    ] as const;
    const ports = await Promise.all(servers.map((server) => message<{ port: number }>(server)));
    const accepted = [0, 0];
    const took = [0, 0];
    for (const { port } of ports) await load(port, CLIENTS, seconds, await seal(folder, port, tips, 'warm'));
    for (let turn = 0; turn < turns; turn++) {
      for (const [i, { port }] of ports.entries()) {
        const loaded = await load(port, CLIENTS, seconds, await seal(folder, port, tips, `${turn}-${i}`));
        accepted[i] = (accepted[i] ?? 0) + loaded.accepted;
        took[i] = (took[i] ?? 0) + loaded.seconds;
      }
    }
    const [without, logged] = accepted.map((n, i) => n / (took[i] ?? 1));
    const sequenced = message<Sequenced>(servers[0]);
    servers[0].send('sequence');
    const { events, seconds: sequencing } = await sequenced;
    for (const server of servers) await stop(server);
    return [
      plainRow(`tips at ${CLIENTS} clients without a log`, without ?? 0, 'tips/s'),
      plainRow(`tips at ${CLIENTS} clients, a batch every 2 s`, logged ?? 0, 'tips/s'),
      plainRow('with the log ÷ without', ((logged ?? 0) / (without ?? 1)) * 100, '%'),
      plainRow(
        `sequencing ${events.toLocaleString('en')} events that waited, with the store`,
        (sequencing * 1e6) / events,
        'µs an event',
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
