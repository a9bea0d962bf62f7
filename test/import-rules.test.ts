import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, violations } from './import-rules.ts';

const src = join(import.meta.dirname, '..', 'src');
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

describe('the import rules', () => {
  it('are kept by every source file', () => {
    const broken = files.flatMap((path) => violations(path, readFileSync(join(src, path), 'utf8')));
    expect(broken).toEqual([]);
  });

  it('look at more than a handful of files', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each([
    ['domain/a.ts', "import { x } from '../protocol/event.ts';"],
    ['domain/a.ts', "import { readFile } from 'node:fs';"],
    ['ledger/a.ts', "import type { X } from '../protocol/event.ts';"],
    ['protocol/a.ts', "import sodium from 'libsodium-wrappers-sumo';"],
    ['protocol/a.ts', "export { x } from '../adapters/log/pino.ts';"],
    ['client/a.ts', "import { x } from '../features/intake/routes.tsx';"],
    ['client/a.ts', "const x = await import('node:crypto');"],
    ['features/intake/a.ts', "import { x } from '../../adapters/store/sqlite/open.ts';"],
    ['features/intake/a.ts', "import { x } from '../mailbox/view.ts';"],
    ['features/intake/a.ts', "import { x } from '../../http/create-app.ts';"],
    ['ports/a.ts', "import type { Hono } from 'hono';"],
    ['adapters/log/a.ts', "import { x } from '../../features/intake/routes.tsx';"],
    ['domain/a.ts', "import { x } from './b';"],
    ['domain/a.ts', "import {\n  x,\n  type Y,\n} from '../http/kit/errors.ts';"],
  ])('refuse in %s: %s', (path, source) => {
    expect(violations(path, source)).toHaveLength(1);
  });

  it.each([
    ['protocol/sodium.ts', "import sodium from 'libsodium-wrappers-sumo';"],
    ['features/intake/routes.tsx', "import { x } from './views/form.tsx';"],
    ['features/intake/views/form.tsx', "import { x } from '../schema.ts';"],
    ['features/intake/a.ts', "import { x } from '../../http/kit/errors.ts';"],
    ['main.node.ts', "import { x } from './adapters/log/pino.ts';"],
    ['domain/a.ts', "// import { x } from '../protocol/event.ts';"],
  ])('allow in %s: %s', (path, source) => {
    expect(violations(path, source)).toEqual([]);
  });

  it('see imports of every form', () => {
    const source = `import a from 'a';
      import 'b';
      import type { C } from "c";
      export * from 'd';
      export { e } from 'e';
      const f = () => import('f');
      const text = "this is from 'nowhere'";`;
    expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
