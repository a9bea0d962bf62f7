// Writes docs/workflow.md from the life cycle's table, the clock rules and the ladder of alarms, so that the document cannot differ from what runs.
//
//   node tools/workflow-doc.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Limit, LimitUnit, RuleCase } from '../src/domain/clocks.ts';
import { type MarkLadders, type MarkReceiver, parseLadders } from '../src/domain/escalation.ts';
import { type LawOfSteps, readLawOfSteps } from '../src/domain/law.ts';
import { HANDLER_ROLES } from '../src/domain/roles.ts';
import type { Role } from '../src/domain/terms.ts';
import { OPEN_STAGES } from '../src/domain/transition-row.ts';
import { FOCAL_STAGES, type Transition, type Who } from '../src/domain/transition-types.ts';
import { TRANSITIONS } from '../src/domain/transitions.ts';
import { ALARM_LADDER, type AlarmRung } from '../src/features/triage/alarm.ts';

const UNITS: Readonly<Record<LimitUnit, string>> = {
  h: 'h',
  d: 'days',
  wd: 'working days',
  m: 'month(s)',
  wh: 'working hours',
};
const PEOPLE: Readonly<Record<Transition['people'], string>> = {
  one: '1',
  two: '2',
  two_one_outside: '2, one from outside the unit',
};
const PARTIES: Readonly<Record<Who['party'], string>> = {
  unit: 'the unit',
  receiver: 'the receiving unit',
  over: 'a unit above',
  citizen: 'the citizen',
  taker: 'who took the tip down',
  auditor: 'the instance',
  supervisor: 'the procuracy that was told of the tip',
  diverter: 'a unit that takes tips about the holder',
  check_focal: 'who answers for the follow-up',
};

const MARK_PARTIES: Readonly<Record<MarkReceiver, string>> = {
  focal: 'who answers for the tip and its unit',
  head: 'the heads of the unit',
  parent: 'the unit above',
};

const list = (words: readonly string[]): string => (words.length === 0 ? '–' : words.join(', '));
const rolesText = (roles: readonly Role[]): string =>
  roles === HANDLER_ROLES ? 'handlers' : roles.join(', ');
const whoText = (who: Who): string => {
  if (who.roles.length === 0) return PARTIES[who.party];
  return `${PARTIES[who.party]}: ${rolesText(who.roles)}`;
};

const limitText = ({ n, unit }: Limit): string => `${n} ${UNITS[unit]}`;

const caseText = ({ unitKinds, legalKinds, circumstances }: RuleCase): string => {
  const named = [unitKinds, legalKinds, circumstances].flatMap((words) =>
    words === null ? [] : [words.join(', ')],
  );
  return named.length === 0 ? 'all' : named.join('; ');
};

const fromText = (row: Transition): string => {
  const stages =
    row.from.length === 0
      ? 'nothing'
      : OPEN_STAGES.every((stage) => row.from.includes(stage))
        ? row.from.length === OPEN_STAGES.length
          ? 'any open stage'
          : 'any stage'
        : row.from.join(', ');
  if (row.overlay === 'transfer_sent' || row.overlay === 'suspended') return `${stages}; ${row.overlay}`;
  return row.overlay === 'any' ? `${stages}; any overlay` : stages;
};

const toText = (row: Transition): string =>
  row.toOverlay === 'same' || row.toOverlay === 'none' ? row.to : `${row.to}; ${row.toOverlay}`;

const onlyText = (row: Transition): string => {
  const { only } = row;
  const parts: string[] = [];
  if (only?.competent !== undefined) parts.push(only.competent ? 'competent' : 'not competent');
  if (only?.outcomes !== undefined) parts.push(only.outcomes.join(', '));
  if (only?.legalKinds !== undefined) parts.push(`of ${only.legalKinds.join(', ')}`);
  if (only?.extension !== undefined) parts.push(`an extension that a ${only.extension} decides`);
  return list(parts);
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

/** The whole of docs/workflow.md. */
export const workflowMarkdown = (
  rows: readonly Transition[],
  { rules, extensions, settlement, kinds }: LawOfSteps,
  ladder: readonly AlarmRung[],
  ladders: MarkLadders,
): string => `# Workflow

Written by \`tools/workflow-doc.ts\` from \`src/domain/transitions.ts\`, the files of law in \`db/data\` and \`ALARM_LADDER\` in
\`src/features/triage/alarm.ts\`; a test compares. How time is counted, with dates worked out by hand, is in [law.md](law.md). Change the table, then run \`node tools/workflow-doc.ts\`.

The life cycle of a tip is one table. Pages, programs and the verifier read it; there is no other way for a tip to change. A stage is where a
tip stands; an overlay lies over it for a while and remembers it. Everything that is not in the table is refused.

- Every outcome takes two different people: one proposes with a document number, another approves. While a proposal is open nothing else is
  proposed and the tip is not sent on. Whoever proposed may take it back.
- \`spam\` and \`unreadable\` take one person of the unit and one from a unit above it. They, confirmed duplicates and what two people
  found out of scope leave the rates and are shown apart.
- \`duplicate\` names the tip that this one is merged into: another one that the unit holds or is offered, and that is itself still counted. Both
  people sign its name; so what is merged goes on being counted once.
- An anonymous tip is never a \`denunciation\`; \`withdrawn\` needs the author's own signature (\`withdrawal_signed\`), which by itself ends nothing.
- A tip in work is neither on its way to another unit nor suspended; an extension does not stop the work. Where no overlay is named, the step is for tips in work.
- Suspending takes a clock that is still in time out of the rates and leaves a late one late. What is taken up again has a month.
- Classifying sets the clocks of the kind and the circumstances: what runs is moved, what has stopped stays. A commune keeps nothing that is too grave for it.
- \`resolved\` as \`not_prosecuted\` starts \`pass_file\` only where the decision says that an administrative violation is left.
- \`reopened\` begins anew; what was merged into another tip lives on there. A unit's own leaders reopen for new facts or what a follow-up found, leaders above also where a decision was annulled.
- \`diverted\` takes a tip away from a unit that it is about. A handler of the holder may do it without their head, with new keys for the other unit; so may who decides in the unit to which the routes
  send tips about the holder (\`diverterOf\`), without the words, which were sealed to the first unit. What had no number goes on in its clocks as if the first unit never had it; what had one begins anew.
- The citizen's own steps (\`message_received\`, \`consent_answered\`, \`mailbox_changed\`, \`withdrawal_signed\`) are signed by the key behind the code and move no stage. They
  carry the day; a clock that they stop, stops at the end of that day.
- \`question_posted\` starts \`ask_back\`, so that a tip with too little in it comes back by itself when nobody answers; the next question starts it anew.
  An answer, an outcome or an acknowledged transfer ends it. It feeds no rate.
- Muting (\`thread_muted\`) ends messages, never the handling of the tip; it takes a leader and a reason, and is undone the same way.
- What was told to a unit of social support goes to others than \`social_support\` and \`health_department\`, as a tip or as a redacted copy, only with the sender's
  signed yes for that very unit (\`consent_missing\`); a later no takes it back until it was sent. Support workers ask (\`consent_asked\`).
- \`code_not_given\` is signed by the operator who took the call down: nobody holds a code, so nobody will read an answer.
- \`copy_made\` records a redacted working copy and for whom it was made; the original stays sealed to those who may see it.
- When the time of an archived tip is over (\`db/data/retention.json\`), two leaders empty it: everything up to the proposal, under an audited checkpoint
  that covers it. What it adds to rates and balance stays in \`shredded\`, and nothing more can happen to it. No rule can name an open tip.
- \`canary_revealed\` is signed by an auditor of the whole instance, whom the directory names, after the tip has an outcome. It leaves the rates.
- \`settle\` ends with the decision, \`handle\` only when the answer is posted as well: that clock is the verb *handled*.

## Steps

Handlers are ${HANDLER_ROLES.join(', ')}. The step's name is also the type of the signed event that records it.

${table(
  ['step', 'from', 'to', 'who', 'people', 'only for', 'needs', 'starts', 'stops', 'basis'],
  rows.map((row) => [
    `\`${row.step}\``,
    fromText(row),
    toText(row),
    row.who.map(whoText).join('; '),
    PEOPLE[row.people],
    onlyText(row),
    list(row.requires),
    list(row.starts),
    list(row.stops),
    row.basis,
  ]),
)}

## Clocks

Hours count from second to second. Days, working days and months end at 24:00 (UTC+7) of their last day, the day of the start not counted; only months roll
from a rest day to the next working day (BLTTHS Đ134). The rule that says most of its case is taken (circumstances weigh more than kinds of tip, these more than kinds of unit), of those
in force on the day from which the clock counts.

${table(
  ['clock', 'verb', 'limit', 'counted from', 'case', 'in force', 'basis'],
  rules.rules.map((rule) => [
    `\`${rule.clock}\``,
    rule.verb ?? '–',
    rule.remote === null
      ? limitText(rule.limit)
      : `${limitText(rule.limit)}; remote areas ${limitText(rule.remote)}`,
    rule.starts
      .map((start) => (start.countedFrom === 't0' ? `receipt (at ${start.step})` : start.step))
      .join('; '),
    caseText(rule.when),
    `${rule.from} – ${rule.until ?? ''}`.trim(),
    rule.nature === 'law' ? rule.basis : `${rule.basis} (policy)`,
  ]),
)}

## Extensions

${table(
  ['kinds', 'number', 'who decides', 'at most', 'all together', 'asked at the latest', 'in force', 'basis'],
  extensions.map((rule) => [
    rule.legalKinds.join(', '),
    String(rule.number),
    rule.who,
    `${limitText(rule.limit)} from ${rule.countedFrom === 't0' ? 'receipt' : 'the expiry before'}`,
    rule.cap === null ? '–' : `${limitText(rule.cap)} from receipt`,
    rule.askBefore === null ? 'before the expiry' : `${rule.askBefore} days before the expiry`,
    `${rule.from} – ${rule.until ?? ''}`.trim(),
    rule.basis,
  ]),
)}

## Kinds of tip

${table(
  ['kind', 'identity', 'doors', 'procuracy is told', 'test of evidence', 'basis'],
  [...kinds.values()].map((duty) => [
    `\`${duty.kind}\``,
    duty.identities === null ? 'any' : duty.identities.join(', '),
    duty.channels === null ? 'any' : duty.channels.join(', '),
    duty.procuracy ? 'yes' : '–',
    duty.evidenceTest ? 'yes' : '–',
    duty.basis,
  ]),
)}

## Who may settle

A leader of the unit, but for these, where an assignment by the unit directly above must hold at that very moment; what is very or especially serious is above a commune, whatever
the assignment says.

${table(
  ['units', 'kinds', 'outcomes', 'in force', 'basis'],
  settlement.map((rule) => [
    rule.unitKinds.join(', '),
    rule.legalKinds.join(', '),
    rule.outcomes.join(', '),
    `${rule.from} – ${rule.until ?? ''}`.trim(),
    rule.basis,
  ]),
)}

## Who answers

Exactly one person at any moment (\`src/domain/focal.ts\`, \`answerable\`): while a tip is verified its assignee; else the focal point of the stage of work (${FOCAL_STAGES.join(', ')}) in the unit that
holds it, their deputy, the head, a deputy head, then a leader of the units above it in its own tree, the first of them who is not away. A tip on its way to another unit, and one with an open decision, is the
sender's \`resolution\`. Leaders name focal points, at once or from a day on; everybody writes down when they are away, leaders for all. A stage without an active focal point, or
with focal point and deputy away, is a hole: leaders of the unit and of the one above it see it at once on their day's page, open consoles hear of it within five minutes, and the service records \`focal_missing\`
in the unit's chain, once a day. Only units to which tips can be sent are looked at.

## Marks of deadlines

A clock whose rule escalates is told of at these points of its time (\`db/data/escalation.json\`; policy, the law is silent), each once, by a signed event \`clocks_escalated\` in the chain of the
unit that holds the tip, and at once in open consoles. The goal of an instance, where a rule has one, takes the place of the first when it comes before it.

${table(
  ['of the time', 'told to', 'in force'],
  ladders.flatMap(({ from, until, marks }) =>
    marks.map(({ percent, to }) => [
      percent === 100 ? '100 %: the first second too late' : `${percent} %`,
      MARK_PARTIES[to],
      `${from} – ${until ?? ''}`.trim(),
    ]),
  ),
)}

The unit above hears only of ${list([...new Set(ladders.flatMap(({ above }) => above))].map((name) => `\`${name}\``))}; the heads of the unit of all others, and of these where nobody stands above. It is the unit directly above the
holder in its own tree; for a transfer that nobody acknowledges also the one above the receiver. Its leaders find the tip among those of the units below and see facts and history, never words, until the clock
stops, is moved or the tip changes hands; whoever takes over a tip that is late is told of again, to those above them. What passed while the service was off is told when it starts, by the
furthest mark alone. A service looks every minute (\`TINKIN_MARKS_EVERY\`) and follows the events of tips; neither a submission nor a step waits for it.

## Alarm

A tip that was ticked as urgent or is P1 (\`isUrgentTip\`) rings in every open console of its unit, locked ones too, until somebody acknowledges it
or takes a step that leaves the stage \`submitted\`. While nobody does, it climbs (\`ALARM_LADDER\`; policy, the law is silent):

${table(
  ['level', 'minutes after it came in', 'rings for'],
  ladder.map(({ level, after, roles }) => [
    `\`${level}\``,
    String(after / 60),
    `${level === 'parent' ? 'the unit directly above' : PARTIES.unit}: ${rolesText(roles)}`,
  ]),
)}

When no console of the unit is open the unit above is told at once. An alarm ends by the state of its own tip alone, however many others ring.
When an alarm began is known in memory alone; the store keeps which rungs were told, without a time, until the alarm ends. After a restart an alarm
goes on with its next rung at once, and one that must have waited longer is told to everybody: rather too early than too late.
`;

const PLACE = fileURLToPath(new URL('../docs/workflow.md', import.meta.url));
const file = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../db/data/${name}.json`, import.meta.url), 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(
    PLACE,
    workflowMarkdown(TRANSITIONS, readLawOfSteps(file), ALARM_LADDER, parseLadders(file('escalation'))),
  );
