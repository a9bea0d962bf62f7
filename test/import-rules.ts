import { dirname, join, normalize } from 'node:path';

/** What one area of `src` may import: other areas of `src`, and packages. */
interface Rule {
  readonly area: string;
  readonly areas: readonly string[];
  /** Package names (or prefixes ending in `*`); `node:*` stands for Node's built-ins. */
  readonly packages: readonly string[];
}

const GROUND = ['domain', 'protocol', 'ledger'];
/** What may run the auditor's verifier. */
const WITH_AUDIT = ['audit', ...GROUND];

/** The rules of docs/architecture.md, nearest prefix first: the first rule whose area holds the file decides. */
export const RULES: readonly Rule[] = [
  { area: 'domain', areas: ['domain'], packages: [] },
  { area: 'ledger', areas: ['ledger', 'domain'], packages: [] },
  { area: 'protocol/sodium.ts', areas: GROUND, packages: ['libsodium-wrappers-sumo'] },
  { area: 'protocol', areas: GROUND, packages: ['@noble/*'] },
  { area: 'audit', areas: WITH_AUDIT, packages: [] },
  { area: 'i18n', areas: ['i18n', 'domain'], packages: [] },
  { area: 'ports', areas: ['ports', ...GROUND], packages: [] },
  {
    area: 'client',
    areas: ['client', 'i18n', ...WITH_AUDIT],
    packages: [
      'hono/jsx',
      'hono/jsx/*',
      '@fontsource/*',
      'altcha-lib',
      'altcha-lib/*',
      'qr',
      'exifreader',
      '@cantoo/pdf-lib',
      'fflate',
      'file-type',
      'mediabunny',
      'pdfjs-dist',
      'pdfjs-dist/*',
    ],
  },
  {
    area: 'http/kit',
    areas: ['http/kit', 'ports', 'i18n', ...GROUND],
    packages: ['hono', 'hono/*', '@hono/zod-validator', 'zod'],
  },
  {
    area: 'features',
    areas: ['http/kit', 'ports', 'i18n', ...WITH_AUDIT],
    packages: ['hono', 'hono/*', '@hono/zod-validator', 'zod', 'otpauth'],
  },
  {
    area: 'http',
    areas: ['http', 'features', 'ports', 'i18n', ...GROUND],
    packages: ['hono', 'hono/*', 'zod'],
  },
  { area: 'adapters', areas: ['adapters', 'ports', ...GROUND], packages: ['*'] },
  { area: 'config.ts', areas: ['config', 'domain', 'ports'], packages: ['zod'] },
  { area: 'config', areas: ['config', 'domain'], packages: ['node:*'] },
  // The entries put everything together.
  {
    area: '',
    areas: [
      'instance',
      'cli',
      'config.ts',
      'config',
      'adapters',
      'http',
      'features',
      'ports',
      'i18n',
      ...WITH_AUDIT,
    ],
    packages: ['*'],
  },
];

const within = (path: string, area: string): boolean =>
  area === '' || path === area || path.startsWith(area.endsWith('.ts') ? area : `${area}/`);

const matches = (name: string, allowed: readonly string[]): boolean =>
  allowed.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*/g;
const SPECIFIERS =
  /(?:^|[\s;}])(?:import|export)\s*(?:[\w$*\s{},]+?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a source file imports, type imports and re-exports included. */
export function importsOf(source: string): string[] {
  const found: string[] = [];
  for (const match of source.replace(COMMENTS, ' ').matchAll(SPECIFIERS)) {
    const specifier = match[1] ?? match[2];
    if (specifier !== undefined) found.push(specifier);
  }
  return found;
}

/** The feature that a path belongs to, or null. */
const featureOf = (path: string): string | null => /^features\/([^/]+)\//.exec(path)?.[1] ?? null;

/** The sentences that say which imports of a file (path from `src`) break the rules; empty when none does. */
export function violations(path: string, source: string): string[] {
  const rule = RULES.find(({ area }) => within(path, area));
  if (rule === undefined) return [`${path} belongs to no area`];
  return importsOf(source).flatMap((specifier) => {
    const problem = specifier.startsWith('.')
      ? insideProblem(path, specifier, rule)
      : matches(specifier, rule.packages)
        ? null
        : `may not import ${specifier}`;
    return problem === null ? [] : [`${path} ${problem}`];
  });
}

function insideProblem(path: string, specifier: string, rule: Rule): string | null {
  const target = normalize(join(dirname(path), specifier));
  if (!/\.(?:ts|tsx|json|css)$/.test(target)) return `imports ${specifier} without its extension`;
  if (target.startsWith('..')) return `leaves src by ${specifier}`;
  const feature = featureOf(path);
  if (feature !== null && featureOf(target) === feature) return null;
  return rule.areas.some((area) => within(target, area)) ? null : `may not import ${target}`;
}
