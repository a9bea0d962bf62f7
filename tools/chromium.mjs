// Finds the Chromium that the browser tests drive. Built-ins only: it runs before anything is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const inPath = (name) => {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = folder === '' ? '' : join(folder, name);
    if (candidate !== '' && existsSync(candidate)) return candidate;
  }
  return null;
};

/** A browser that an earlier `playwright install` left in the user's cache. */
const fromPlaywright = () => {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return null;
  const builds = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  for (const build of builds) {
    for (const inside of [
      'chrome-linux64/chrome',
      'chrome-linux/chrome',
      'chrome-win64/chrome.exe',
      'chrome-win/chrome.exe',
    ]) {
      const candidate = join(cache, build, inside);
      if (existsSync(candidate)) return candidate;
    }
  }
  return null;
};

/** Path of the browser to use, or null. The environment's CHROMIUM wins; a path given there must exist. */
export const findChromium = () => {
  const given = process.env.CHROMIUM;
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new Error(`CHROMIUM names ${given}, and there is no such file.`);
    return given;
  }
  for (const name of NAMES) {
    const found = inPath(name);
    if (found !== null) return found;
  }
  return fromPlaywright();
};

/** Switches under which Debian's Chromium starts in a container and talks to nobody but the page under test. */
export const CHROMIUM_SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isRoot = () => process.getuid?.() === 0;

/** What single tests compare with or watch by: packages, how one sees that they are there, and what goes untested without them. */
const HELPERS = [
  {
    packages: ['strace'],
    there: () => inPath('strace') !== null,
    without: 'the order of sync and answer will not be observed',
  },
  {
    packages: ['golang-go', 'golang-golang-x-mod-dev'],
    there: () => inPath('go') !== null && existsSync('/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog'),
    without: 'the log will not be compared with another implementation',
  },
];

/** Installs these where the distribution has them and nothing needs to be asked; without them their tests say that they were skipped. */
export const installHelpers = () => {
  const apt = inPath('apt-get');
  const missing = HELPERS.filter(({ there }) => !there());
  if (process.platform !== 'linux' || apt === null || !isRoot() || missing.length === 0) return;
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  for (const { packages, without } of missing) {
    try {
      execFileSync(apt, ['update', '-qq'], options);
      execFileSync(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
    } catch {
      console.warn(`${packages.join(' and ')} could not be installed: ${without}.`);
    }
  }
};

/** Installs Chromium from the distribution where that is possible; returns its path. Throws with what to do otherwise. */
export const installChromium = () => {
  const apt = inPath('apt-get');
  if (apt === null || !isRoot()) {
    throw new Error(
      'The browser tests need Chromium and none was found. Install it (on Debian or Ubuntu: sudo apt-get install chromium), ' +
        'or set CHROMIUM to the path of a Chromium or Chrome.',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log('Installing Chromium for the browser tests …');
  execFileSync(apt, ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  execFileSync(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  const found = findChromium();
  if (found === null) throw new Error('Chromium was installed but is not in PATH; set CHROMIUM to its path.');
  return found;
};
