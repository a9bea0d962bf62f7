import type { CitizenAct } from '../../src/domain/conversation.ts';
import { citizenStepKey, decodeCitizenStep } from '../../src/protocol/citizen-frame.ts';
import { checkCitizenStep } from '../../src/protocol/citizen-step.ts';
import type { BuiltCitizenStep } from '../../src/protocol/citizen-step-build.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import {
  codeChange,
  expected,
  HEAD,
  OPERATOR,
  sealMessage,
  step,
  THREAD,
  TIP,
  TODAY,
  talk,
} from '../protocol/citizen.ts';
import { sealFile } from '../protocol/tip.ts';
import { COMMUNE, PROVINCE } from '../protocol/world.ts';
import { base64, hex, json, text } from './encode.ts';
import { seededSuite } from './random.ts';

/** A message with a file to two units, a consent, a change of code, and a message that an operator wrote down. */
export function citizenSteps(suite: Suite) {
  const talking = (randomSeed: string) => talk(seededSuite(suite, randomSeed));
  const one = talking('step-message');
  const file = sealFile(one.suite, text('ảnh'), 'ảnh.jpg', 'image/jpeg');
  const agreed: CitizenAct = { step: 'consent_answered', unit: PROVINCE, yes: true };
  const two = talking('step-consent');
  const three = talking('step-change');
  const changed = codeChange(three);
  const four = talking('step-operator');
  const signer = suite.ed25519KeyPair(new Uint8Array(32).fill(5));
  const said: CitizenAct = { step: 'message_received' };
  const built: readonly (readonly [string, BuiltCitizenStep, object])[] = [
    [
      'step-message',
      step(one, said, { envelope: sealMessage(one, 2, [file]) }),
      { readers: [COMMUNE, PROVINCE] },
    ],
    ['step-consent', step(two, agreed), {}],
    ['step-change', step(three, changed.act, { change: changed.change }), {}],
    [
      'step-operator',
      step(four, said, { envelope: sealMessage(four), operator: { ...OPERATOR, signer } }),
      { operator: OPERATOR },
    ],
  ];
  return {
    what: 'Steps of a citizen. Masters of the old and the new code, seeds of both units’ epochs, of the operator and of the unit’s voice are 32 bytes 01, 09, 02, 03, 05, 08.',
    given: { tip: TIP, head: HEAD, thread: THREAD, day: TODAY, operator: OPERATOR },
    steps: built.map(([randomSeed, made, more]) => {
      const frame = made.frame(text('{"kind":"pow"}'));
      const decoded = decodeCitizenStep(frame);
      const { act } = checkCitizenStep(suite, decoded, expected(one, more));
      return {
        randomSeed,
        act,
        key: citizenStepKey(suite, decoded),
        promised: made.promised,
        record: json(made.record),
        citizenPart: json(decoded.citizenPart),
        restrictedPart: json(decoded.restrictedPart),
        facts: json(decoded.facts),
        seal: json(decoded.seal),
        rewraps: hex(suite.sha256(decoded.rewraps)),
        frame: base64(frame),
      };
    }),
  };
}
