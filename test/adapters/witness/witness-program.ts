// A witness over the folder that is its one argument; prints its port.
import { serveWitness } from '../../../src/cli/witness/serve-witness.ts';
import { cosignerOver } from './world.ts';

const server = await serveWitness({
  host: '127.0.0.1',
  port: 0,
  cosigner: cosignerOver(process.argv[2] ?? ''),
  facts: async () => ({}),
  heard: () => undefined,
});
process.stdout.write(`${server.port}\n`);
