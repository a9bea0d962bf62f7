/** @jsxImportSource hono/jsx/dom */
import { render } from 'hono/jsx/dom';
import { startScript } from '../common/crypto-worker.ts';
import { App } from './app.tsx';
import { Vault } from './worker-client.ts';

const root = document.getElementById('console');
const workerUrl = root?.dataset.worker;
if (root !== null && workerUrl !== undefined) {
  const vault = new Vault(() => startScript(workerUrl));
  render(<App vault={vault} />, root);
}
