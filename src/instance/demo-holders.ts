import type { KeyHolder } from '../protocol/directory.ts';
import type { Suite } from '../protocol/suite.ts';
import type { DemoHolder } from './demo-files.ts';

type Name = Pick<KeyHolder, 'id' | 'name'>;

/** Who holds the recovery shares in the demonstration: shown to citizens, so marked as what they are. */
export const DEMO_RECOVERY_HOLDERS: readonly Name[] = [
  { id: 'khoi-phuc-1', name: 'Người giữ phần khôi phục thứ nhất (trình diễn)' },
  { id: 'khoi-phuc-2', name: 'Người giữ phần khôi phục thứ hai (trình diễn)' },
  { id: 'khoi-phuc-3', name: 'Người giữ phần khôi phục thứ ba (trình diễn)' },
];

/** The independent auditor of the whole demonstration: the account of the same name sees the figures of every unit. */
export const DEMO_AUDITORS: readonly Name[] = [
  { id: 'kiem-toan-doc-lap', name: 'Kiểm toán độc lập (trình diễn)' },
];

/** Fresh keys for named holders. */
export const makeHolders = (suite: Suite, names: readonly Name[]): readonly DemoHolder[] =>
  names.map((name) => ({ ...name, seed: suite.randomBytes(32) }));

/** A holder as the directory names them. */
export const publicHolder = (suite: Suite, { id, name, seed }: DemoHolder): KeyHolder => ({
  id,
  name,
  kemKey: suite.xwingKeyPair(seed).publicKey,
});
