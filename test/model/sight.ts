import { APART, ENDED } from './allowed.ts';
import { type Judging, placeOf } from './judge.ts';
import type { Paper } from './paper.ts';
import { HANDLE, type Person, standings } from './people.ts';

/**
 * Who gets a tip at all: the unit that holds it, the one it is offered to, the procuracy that was told of it, and those above the holder while they
 * are called: by a decision that needs somebody from outside, by danger, by an offer that nobody answers in time; its leaders for what ended or rests,
 * which they may have taken up again.
 */
export const seesTip = (paper: Paper, person: Person, world: Judging): boolean => {
  if (!person.roles.some((role) => HANDLE.includes(role))) return false;
  if (person.unit === paper.holder || person.unit === paper.sentTo) return true;
  const is = standings(person, placeOf(paper, world));
  if (is.has('procuracy')) return true;
  // Who takes tips away from units that they are about must be able to see which.
  if (is.has('diverter') && !ENDED.includes(paper.stage)) return true;
  if (!is.has('outsider') && !is.has('leader_above')) return false;
  if (paper.waiting?.outcome !== undefined && APART.includes(paper.waiting.outcome)) return true;
  // In danger, and nobody took it up.
  if (paper.stage === 'submitted' && paper.priority === 'P1') return true;
  const offered = paper.running('transfer_ack');
  if (paper.lies === 'sent' && offered !== undefined && world.now > offered.due) return true;
  return is.has('leader_above') && (ENDED.includes(paper.stage) || paper.lies === 'suspended');
};

/**
 * Who answers for a tip where nobody was named for stages and nobody is away: its assignee while it is looked into, else whoever heads the unit
 * that holds it. Always one person.
 */
export const answersFor = (paper: Paper, people: readonly Person[]): string | undefined => {
  const looked = ['classified', 'assigned', 'verifying'].includes(paper.stage);
  if (looked && paper.assignee !== null && paper.waiting === null && paper.lies !== 'sent')
    return paper.assignee;
  return people.find(({ unit, roles }) => unit === paper.holder && roles.includes('head'))?.id;
};
