import type { Taken } from '../../src/domain/conversation.ts';
import type { Hash, Seconds, StaffId, TipId } from '../../src/domain/ids.ts';
import { buildTree, entryHash } from '../../src/ledger/tree.ts';
import { cosignDecision, signDecision } from '../../src/protocol/decision.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { buildEvent, eventLeaf, signEvent } from '../../src/protocol/event.ts';
import { checkAnswer } from '../../src/protocol/prepare.ts';
import { makeAnswers } from '../../src/protocol/promise.ts';
import { checkSubmission, decodeSubmission, submissionSignatures } from '../../src/protocol/submission.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { sealFile, sendTip, T0 } from '../protocol/tip.ts';
import { makeWorld, NOW, PROVINCE } from '../protocol/world.ts';
import { base64, hex, json, text } from './encode.ts';
import { seededSuite } from './random.ts';

/** One tip from sealing to promise. */
export function submissions(suite: Suite) {
  const world = makeWorld(suite, 'vectors');
  const { prepared } = sendTip(seededSuite(suite, 'tip'), world, text('{"kind":"pow"}'));
  const decoded = decodeSubmission(prepared.frame);
  const checked = checkSubmission(suite, decoded, { instance: 'demo', assurances: ['e2ee'] });
  const { message, author } = submissionSignatures(decoded);
  const leafSalt = new Uint8Array(32).fill(9);
  const terms = {
    origin: 'demo.example/log',
    leaf: eventLeaf(suite, leafSalt, decoded.record),
    seal: checked.sealHash,
    unit: checked.facts.unit,
    t0: checked.t0,
    assurance: checked.facts.assurance,
    checkpoint: null,
    includeBy: NOW + 7200,
  };
  const other = { ...terms, leaf: '11'.repeat(32) as Hash };
  const batch = [other, terms, other].map((of) => ({ terms: of, leafSalt }));
  const signer = {
    publicKey: world.ledger.publicKey,
    sign: (bytes: Uint8Array) => suite.sign(bytes, world.ledger.secretKey),
  };
  const answer = makeAnswers(suite, signer, batch)[1] ?? new Uint8Array(0);
  checkAnswer(suite, prepared, answer, { origin: terms.origin, publicKey: world.ledger.publicKey }, NOW);
  return {
    what: 'A submission frame, the message under its one signature, and the second of three answers of one batch.',
    randomSeed: 'tip',
    t0: T0,
    frame: base64(prepared.frame),
    sealHash: checked.sealHash,
    record: json(decoded.record),
    citizenPart: json(decoded.citizenPart),
    restrictedPart: json(decoded.restrictedPart),
    signature: {
      message: hex(message),
      signature: hex(author.signature),
      publicKey: hex(author.publicKey),
    },
    leafSalt: hex(leafSalt),
    leaf: terms.leaf,
    ledgerKey: hex(world.ledger.publicKey),
    answer: json(answer),
  };
}

/** A tip with two files: frame version 2. */
export function submissionsWithFiles(suite: Suite) {
  const world = makeWorld(suite, 'vectors');
  const random = seededSuite(suite, 'attached');
  const files = [
    sealFile(random, text('ảnh'.repeat(1000)), 'ảnh.jpg', 'image/jpeg'),
    sealFile(random, new Uint8Array(1_200_000), 'phim.mp4', 'video/mp4'),
  ];
  const { prepared } = sendTip(random, world, text('{"kind":"pow"}'), files);
  const decoded = decodeSubmission(prepared.frame);
  const checked = checkSubmission(suite, decoded, { instance: 'demo', assurances: ['e2ee'] });
  const { kem } = epochKeys(suite, world.epochSecret);
  const opened = openEnvelope(
    suite,
    decoded,
    { id: epochRecipient(checked.facts.unit, checked.facts.epoch), secretKey: kem.secretKey },
    { instance: 'demo', tip: checked.tip, seal: decoded.seal, manifest: decoded.manifest },
  );
  return {
    what: 'A frame of version 2. The first file is "ảnh" 1000 times in UTF-8, the second 1 200 000 zero bytes; keys of both are drawn first.',
    randomSeed: 'attached',
    t0: T0,
    frame: base64(prepared.frame),
    sealHash: checked.sealHash,
    seal: json(decoded.seal),
    manifest: json(decoded.manifest),
    record: json(decoded.record),
    epochSecret: hex(world.epochSecret),
    content: json(opened.content),
    attachments: checked.attachments,
  };
}

/** A tip that an operator took down: two signatures over one payload. */
export function operatorSubmission(suite: Suite) {
  const world = makeWorld(suite, 'vectors');
  const signer = suite.ed25519KeyPair(new Uint8Array(32).fill(5));
  const operator = { staff: '56'.repeat(16) as StaffId, unit: PROVINCE };
  const taken: Taken = {
    channel: 'in_person',
    document: '',
    marks: [{ after: 12, text: 'đang xảy ra' }],
    voiceKept: '',
    draftUnverified: false,
  };
  const random = seededSuite(suite, 'operator');
  const { prepared } = sendTip(random, world, text('{}'), [], {
    taken,
    operator: { ...operator, signer },
  });
  const decoded = decodeSubmission(prepared.frame);
  const door = { instance: 'demo', assurances: ['operator'], taken: operator } as const;
  const checked = checkSubmission(suite, decoded, door);
  const { message, author, staff } = submissionSignatures(decoded);
  return {
    what: 'A frame of version 1 that an operator sealed for a caller. Seed of the operator is 32 bytes 05.',
    randomSeed: 'operator',
    operator,
    taken,
    frame: base64(prepared.frame),
    sealHash: checked.sealHash,
    facts: json(decoded.facts),
    record: json(decoded.record),
    restrictedPart: json(decoded.restrictedPart),
    message: hex(message),
    signatures: { author: hex(author.signature), staff: hex(staff?.signature ?? new Uint8Array(0)) },
  };
}

/** An officer's event, a two-person decision, and a small tree. */
export function events(suite: Suite) {
  const officer = suite.ed25519KeyPair(new Uint8Array(32).fill(1));
  const head = suite.ed25519KeyPair(new Uint8Array(32).fill(2));
  const tip = 'ab'.repeat(16) as TipId;
  const event = buildEvent(
    seededSuite(suite, 'event'),
    {
      type: 'registered',
      instance: 'vectors',
      subject: `tip:${tip}`,
      no: 2,
      prev: 'cd'.repeat(32) as Hash,
      time: { at: NOW as Seconds },
    },
    { stage: 'received' },
    { register: '12/2026', actor: 'Nguyễn Ánh' },
  );
  const record = signEvent(suite, event, officer);
  const leafSalt = new Uint8Array(32).fill(9);
  const decision = signDecision(
    suite,
    {
      instance: 'vectors',
      tip,
      kind: 'resolution',
      proposedBy: 'ef'.repeat(16) as StaffId,
      at: NOW,
      data: { outcome: 'unfounded', documentNumber: '7/QĐ' },
    },
    officer,
  );
  const sha256 = (data: Uint8Array) => suite.sha256(data);
  const entries = ['a', 'b', 'c', 'd', 'e'].map((entry) => entryHash(sha256, text(entry)));
  const tree = buildTree(sha256, entries);
  return {
    what: 'Seeds of officer and head are 32 bytes 01 and 02. The tree has the entries a, b, c, d, e (UTF-8).',
    randomSeed: 'event',
    payload: json(event.payload),
    citizenPart: json(event.citizenPart),
    citizenSalt: hex(event.citizenSalt),
    restrictedPart: json(event.restrictedPart),
    restrictedSalt: hex(event.restrictedSalt),
    record: json(record),
    leafSalt: hex(leafSalt),
    leaf: eventLeaf(suite, leafSalt, record),
    decisionProposed: json(decision),
    decisionComplete: json(cosignDecision(suite, decision, head)),
    tree: { root: hex(tree.root), paths: entries.map((_, i) => tree.path(i).map(hex)) },
  };
}
