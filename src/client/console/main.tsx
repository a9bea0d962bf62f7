/** @jsxImportSource hono/jsx/dom */
import { render } from 'hono/jsx/dom';
import { App } from './app.tsx';
import { Vault } from './worker-client.ts';

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

/** The page may start one script only, the crypto Worker of this build: every other address is refused. */
const policyFor = (allowed: string): ScriptPolicy => {
  const rules = {
    createScriptURL: (url: string): string => {
      if (url !== allowed) throw new TypeError('not a script of this page');
      return url;
    },
  };
  const factory = (
    globalThis as {
      readonly trustedTypes?: { createPolicy(name: string, policy: typeof rules): ScriptPolicy };
    }
  ).trustedTypes;
  return factory?.createPolicy('tinkin', rules) ?? rules;
};

const root = document.getElementById('console');
const workerUrl = root?.dataset.worker;
if (root !== null && workerUrl !== undefined) {
  const policy = policyFor(workerUrl);
  const vault = new Vault(
    () => new Worker(policy.createScriptURL(workerUrl), { type: 'module', name: 'console-crypto' }),
  );
  render(<App vault={vault} />, root);
}
