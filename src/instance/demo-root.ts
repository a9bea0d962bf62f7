import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fromBase64Url } from '../protocol/base64.ts';
import { type Pins, parsePins } from '../protocol/root.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import { readChecked } from './folder.ts';
import { projectRoot } from './project-root.ts';

const rootSchema = z.object({ seed: z.string() });

/** Trust anchors and private root keys of the demonstration, from `keys/demo`. */
export async function readDemoRoot(
  suite: Pick<Suite, 'ed25519KeyPair'>,
): Promise<{ readonly pins: Pins; readonly rootKeys: readonly SignKeyPair[] }> {
  const folder = join(projectRoot(), 'keys', 'demo');
  const pins = parsePins(await readFile(join(folder, 'pins.json'), 'utf8'));
  const rootKeys = await Promise.all(
    [1, 2, 3].map(async (number) => {
      const { seed } = await readChecked(join(folder, `root-${number}.json`), rootSchema, folder);
      return suite.ed25519KeyPair(fromBase64Url(seed));
    }),
  );
  return { pins, rootKeys };
}
