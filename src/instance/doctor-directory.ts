import { nodeCrypto } from '../adapters/crypto/node.ts';
import type { UnitId } from '../domain/ids.ts';
import { parseDsse } from '../protocol/dsse.ts';
import { EPOCH_SECONDS } from '../protocol/epoch.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { encodePins, parsePins } from '../protocol/root.ts';
import { loadSodiumSuite } from '../protocol/sodium.ts';
import type { VerifiedDirectory } from '../protocol/verify-directory.ts';
import { holdsDemoKey } from './demo-keys.ts';
import type { DoctorOptions, Finding } from './doctor.ts';
import { readPins } from './folder.ts';
import type { OpenInstance } from './open-instance.ts';
import { verifyWhole } from './verified.ts';

const DAY = 86_400;
/** Days before its end at which a statement of the directory is worth a warning. */
const WARN_DAYS = 30;
/** Weeks of epochs below which the unit must sign new ones. */
const WARN_WEEKS = 3;

/** Pins, key set, directory and epochs: what a citizen's browser would say of them now. */
export async function checkDirectory(
  instance: OpenInstance,
  { clock, builtPins }: DoctorOptions,
): Promise<readonly Finding[]> {
  const pins = await readPins(instance.paths.folder);
  const now = clock.now();
  const findings: Finding[] = [];
  if (builtPins !== null) {
    const same = encodePins(parsePins(builtPins)) === encodePins(pins);
    findings.push(
      same
        ? { check: 'pins', status: 'ok', detail: "the build carries this instance's pins" }
        : {
            check: 'pins',
            status: 'fail',
            detail: 'the build is for another instance: build with TINKIN_PINS',
          },
    );
  }
  const suite = await loadSodiumSuite();
  const { directory } = instance.store;
  const [keySets, latest] = await Promise.all([directory.keySets(), directory.latest('directory')]);
  const [keySet] = keySets;
  if (keySet === undefined || latest === null) {
    return [
      ...findings,
      { check: 'directory', status: 'fail', detail: 'nothing is signed yet: see docs/operations.md' },
    ];
  }
  if (
    instance.facts.mode === 'production' &&
    holdsDemoKey(parseDsse(keySet.record).signatures.map(({ keyid }) => keyid))
  ) {
    findings.push({ check: 'keys', status: 'fail', detail: "signed with the demonstration's root keys" });
  }
  findings.push(
    remaining('keys', 'directory keys', keySet.until - now),
    remaining('directory', 'directory', latest.until - now),
  );
  try {
    const verified = await verifyWhole(instance, suite, pins, now);
    const ledger = nodeCrypto().equal(verified.ledgerKey, instance.ledgerKey);
    findings.push(
      {
        check: 'statements',
        status: 'ok',
        detail: `${verified.members.length} members, verified from the pins down`,
      },
      ledger
        ? { check: 'ledger', status: 'ok', detail: 'the directory names the ledger key of secrets.json' }
        : {
            check: 'ledger',
            status: 'fail',
            detail: 'the directory names another ledger key than secrets.json',
          },
      epochsLeft(verified, now),
    );
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    findings.push({
      check: 'statements',
      status: 'fail',
      detail: `browsers refuse the directory: ${error.message}`,
    });
  }
  return findings;
}

function remaining(check: string, what: string, seconds: number): Finding {
  const days = Math.floor(seconds / DAY);
  if (seconds <= 0) return { check, status: 'fail', detail: `the ${what} expired ${-days} days ago` };
  return {
    check,
    status: days < WARN_DAYS ? 'warn' : 'ok',
    detail: `the ${what} hold${what.endsWith('s') ? '' : 's'} for ${days} days`,
  };
}

/** Weeks of epochs signed ahead in the listed unit that has the fewest. */
function epochsLeft({ units, epochs }: VerifiedDirectory, now: number): Finding {
  const listed = [...units.values()].filter((unit) => unit.listed).map(({ code }) => code);
  const ends = (unit: UnitId): number => epochs.get(unit)?.at(-1)?.until ?? 0;
  const [last] = listed.toSorted((a, b) => ends(a) - ends(b));
  if (last === undefined)
    return { check: 'epochs', status: 'fail', detail: 'no unit is listed: nobody can send a tip' };
  const weeks = Math.floor((ends(last) - now) / EPOCH_SECONDS);
  const without = listed.filter((unit) => ends(unit) <= now);
  if (without.length > 0) {
    return {
      check: 'epochs',
      status: 'fail',
      detail: `${without.length} listed units have none, first: ${without[0]}`,
    };
  }
  return {
    check: 'epochs',
    status: weeks < WARN_WEEKS ? 'warn' : 'ok',
    detail: `${listed.length} units, at least ${weeks} weeks ahead (${last})`,
  };
}
