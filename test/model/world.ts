import { expect } from 'vitest';
import type { Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import type { UnitKind } from '../../src/domain/terms.ts';
import { audited, bundleOf } from '../audit/world.ts';
import { type Cast, type CastUnit, unit as code } from '../fixtures/cast.ts';
import { type SentTip, sendTip } from '../fixtures/citizen.ts';
import { tryCitizenStep } from '../fixtures/conversation.ts';
import { refusal } from '../fixtures/http.ts';
import { type Instance, openInstance } from '../fixtures/instance.ts';
import { type WithLog, withLog } from '../fixtures/ledger.ts';
import { giveRight } from '../fixtures/rights.ts';
import * as cast from './cast.ts';
import type { Command } from './commands.ts';
import { dayAt } from './dates.ts';
import { tried } from './draw.ts';
import { checkAudited, checkFigures } from './figures.ts';
import { Hands } from './hands.ts';
import { type ActSaid, type Judging, judge, type Right } from './judge.ts';
import { Paper } from './paper.ts';
import type { Person } from './people.ts';
import { answersFor, seesTip } from './sight.ts';
import { type Line, named } from './story.ts';

/** Days that one play may take: statements of the tests' directory do not outlive them. */
const LONGEST = 300 * 86_400;

const CAST: Cast = {
  units: cast.UNITS.map((one): CastUnit => {
    const parent = one.parent === null ? null : code(one.parent);
    return [code(one.code), parent, one.kind as UnitKind, one.code];
  }),
  people: [
    ...cast.STAFF.map(([account, unit, role]) => [account, code(unit), role as never] as const),
    ['doclap', code('14-ubnd'), 'auditor'],
  ],
};

/** Every so many-th of the people is asked at a time, others the next time. */
const PART = 8;

/** Roles that read no tip at all. */
const OFFICE = ['auditor', 'administrator'];

/** A real instance beside the papers of the model: every command is done to both. */
export class World {
  readonly instance: Instance;
  readonly papers: Paper[] = [];
  readonly #log: WithLog;
  readonly #hands: Hands;
  readonly #people: readonly Person[];
  readonly #accounts: ReadonlyMap<string, string>;
  readonly #rights: Right[] = [];
  readonly #registers = new Map<string, string[]>();
  readonly #sent = new Map<Paper, SentTip>();
  readonly #began: number;
  #looks = 0;
  /** Everything that was done, for whoever has to do it again. */
  readonly story: Line[] = [];

  private constructor(instance: Instance, log: WithLog) {
    this.instance = instance;
    this.#log = log;
    const accounts = cast.STAFF.map(([account]) => account);
    this.#hands = new Hands(instance, accounts);
    this.#people = cast.castOf((account) => instance.person(account).id);
    this.#accounts = new Map(accounts.map((account) => [instance.person(account).id, account]));
    this.#began = instance.clock.now();
  }

  static async open(): Promise<World> {
    // Weeks pass between two rounds of the log: what is promised meanwhile must still be kept.
    const instance = await openInstance(
      (deps) => ({ instance: { ...deps.instance, includeWithin: 400 * 86_400 } }),
      CAST,
    );
    return new World(instance, await withLog(instance, { rounds: 2 }));
  }

  get judging(): Judging & { readonly people: readonly Person[]; readonly papers: readonly Paper[] } {
    const now = this.instance.clock.now();
    return {
      ...{ now, rights: this.#rights, people: this.#people, papers: this.papers },
      // No instance lists remote places yet; the life cycle alone is tried with one.
      ...{ kindOf: cast.kindOf, isRemote: () => false, above: cast.above, diverters: cast.diverters },
      ...{ takesDiverted: cast.takesDiverted, supervises: cast.supervises, exists: cast.exists },
      person: (id) => this.#people.find((one) => one.id === id),
      paper: (tip) => this.papers.find((one) => one.tip === tip),
      holdsMerged: (tip) => this.papers.some((one) => one.into === tip),
      nextNumber: (unit, year) => this.#registers.get(`${unit} ${year}`)?.length ?? 0,
    };
  }

  /** Chooses what a command stands for, writes it down and does it. */
  async play(command: Command): Promise<void> {
    const line = this.#lineOf(command);
    if (line === null) return;
    this.story.push(line);
    await this.live(line);
  }

  #lineOf(command: Command): Line | null {
    const tip = 'tip' in command ? command.tip % this.papers.length : 0;
    switch (command.kind) {
      case 'send':
        return { send: cast.DOORS[command.door % cast.DOORS.length] ?? '' };
      case 'pass':
        return { pass: command.hours };
      case 'right': {
        const leaders = this.#people.filter(
          ({ unit, roles }) =>
            cast.kindOf(unit) === 'commune_police' && ['head', 'deputy'].includes(roles[0] ?? ''),
        );
        const to = leaders[command.who % leaders.length];
        return to === undefined ? null : { right: this.#account(to), days: command.days };
      }
      case 'citizen':
        if (this.papers.length === 0) return null;
        return command.what % 3 === 0 ? { withdraw: tip + 1 } : { write: tip + 1 };
      case 'act': {
        const one = tried(command, this.judging);
        if (one === null) return null;
        const ids = this.#names();
        const names = new Map([...ids].map(([name, id]) => [id, name]));
        const act = named(one.act, names);
        return { by: this.#account(one.person), tip: this.papers.indexOf(one.paper) + 1, act };
      }
    }
  }

  /** Short names of tips and people. */
  #names(): ReadonlyMap<string, string> {
    return new Map([
      ...this.papers.map(({ tip }, i) => [`#${i + 1}`, tip] as const),
      ...[...this.#accounts].map(([id, account]) => [`@${account}`, id] as const),
    ]);
  }

  /** Does one thing to the instance and to the papers. */
  async live(line: Line): Promise<void> {
    if ('send' in line) await this.#send(line.send);
    else if ('pass' in line) {
      const most = this.#began + LONGEST - this.instance.clock.now();
      this.instance.clock.pass(Math.min(line.pass * 3600, Math.max(0, most)));
    } else if ('write' in line) await this.#citizen(line.write, 'message_received');
    else if ('withdraw' in line) await this.#citizen(line.withdraw, 'withdrawal_signed');
    else if ('right' in line) await this.#give(line.right, line.days);
    else {
      const paper = this.papers[line.tip - 1];
      const person = this.#people.find((one) => this.#account(one) === line.by);
      if (paper === undefined || person === undefined) throw new Error('a story of nobody');
      await this.#act(paper, person, named(line.act, this.#names()));
    }
  }

  async #send(unit: string): Promise<void> {
    await this.#hands.keysOf(unit);
    const sent = await sendTip(this.instance, { unit: unit as UnitId, conductGroup: 'other' });
    const paper = new Paper(sent.tip, unit, this.judging);
    this.papers.push(paper);
    this.#sent.set(paper, sent);
    await this.#compare(paper, 'sent');
  }

  async #give(account: string, days: number): Promise<void> {
    const from = this.instance.clock.now();
    const until = from + days * 86_400;
    const giver = await this.#hands.of('tinh.truong');
    const person = this.instance.person(account);
    const kinds = ['crime_denunciation', 'crime_report'] as const;
    await giveRight(giver, person, { legalKinds: kinds, until: until as Seconds });
    this.#rights.push({ staff: person.id, unit: person.unit, kinds, from, until });
  }

  async #citizen(n: number, step: 'message_received' | 'withdrawal_signed'): Promise<void> {
    const paper = this.papers[n - 1];
    const sent = paper === undefined ? undefined : this.#sent.get(paper);
    if (paper === undefined || sent === undefined) return;
    for (const unit of [paper.holder, paper.sentTo]) if (unit !== null) await this.#hands.keysOf(unit);
    const answer = await tryCitizenStep(this.instance, sent, { act: { step } });
    // A tip is taken back once, before it ends; a closed thread takes no message.
    const may = step === 'withdrawal_signed' ? paper.open && !paper.withdrew : !paper.muted;
    expect([step, paper.desk, answer.ok]).toEqual([step, paper.desk, may]);
    if (may) paper.apply({ step }, { id: '', unit: '' }, this.judging);
    await this.#compare(paper, step);
  }

  #account(person: Person): string {
    return this.#accounts.get(person.id) ?? '';
  }

  async #act(paper: Paper, person: Person, act: ActSaid): Promise<void> {
    const world = this.judging;
    const codes = this.#codes(paper, person, act);
    const told = `${act.step} by ${this.#account(person)}: ${JSON.stringify(act)} on ${JSON.stringify(paper.desk)} of ${paper.holder}`;
    const answer = await this.#hands.take(this.#account(person), paper.tip as TipId, act);
    const found = answer.ok ? 'taken' : (await refusal(answer)).code;
    if (codes.size === 0) expect([told, found]).toEqual([told, 'taken']);
    else expect([told, [...codes]]).toEqual([told, expect.arrayContaining([found])]);
    if (answer.ok) {
      const numbers = paper.numbers.length;
      paper.apply(act, person, world);
      const { registerNumber } = (await answer.json()) as { registerNumber: string | null };
      expect([told, registerNumber]).toEqual([told, this.#numbered(paper, numbers)]);
    }
    await this.#compare(paper, told);
  }

  /** Codes with which the service may refuse; whoever does not get the tip hears nothing of why. */
  #codes(paper: Paper, person: Person, act: ActSaid): ReadonlySet<string> {
    if (person.roles.some((role) => OFFICE.includes(role))) return new Set(['forbidden']);
    if (!seesTip(paper, person, this.judging)) return new Set(['tip_unknown']);
    return judge(paper, person, act, this.judging);
  }

  /** Writes a new number into the unit's register; null when the step took none. */
  #numbered(paper: Paper, before: number): string | null {
    const taken = paper.numbers[before];
    if (taken === undefined) return null;
    const key = `${taken.unit} ${taken.year}`;
    const list = [...(this.#registers.get(key) ?? []), paper.tip];
    this.#registers.set(key, list);
    return `${list.length}/${taken.year}`;
  }

  /** A tip in the database is where its paper is, with as many events as steps were taken. */
  async #compare(paper: Paper, after: string): Promise<void> {
    const detail = await this.instance.store.triage.tip(paper.tip as TipId);
    if (detail === null) throw new Error('a tip is gone');
    const { state, head } = detail;
    const clocks = state.clocks.map(({ clock, due, stopped }) => `${clock} due ${due} until ${stopped}`);
    expect([
      after,
      {
        ...{ unit: state.unit, stage: state.stage, extension: state.extension, kind: state.legalKind },
        lies: state.overlay === 'transfer_sent' || state.overlay === 'suspended' ? state.overlay : 'work',
        ...{ outcome: state.outcome, waiting: state.pending?.kind ?? null, sentTo: state.transferTo },
        ...{ supervisor: state.supervisor, check: state.postCheck, clocks: clocks.sort(), events: head.no },
      },
    ]).toEqual([
      after,
      {
        ...{ unit: paper.holder, stage: paper.stage, extension: paper.extension, kind: paper.kind },
        lies: paper.lies === 'sent' ? 'transfer_sent' : paper.lies,
        ...{ outcome: paper.outcome, waiting: paper.waiting?.kind ?? null, sentTo: paper.sentTo },
        ...{ supervisor: paper.supervisor, check: paper.check, events: paper.steps },
        clocks: paper.rounds.map(({ clock, due, stopped }) => `${clock} due ${due} until ${stopped}`).sort(),
      },
    ]);
  }

  /** What must hold at any moment over all tips together. */
  async check(): Promise<void> {
    const { store, clock } = this.instance;
    expect(await store.oversight.verifyRollups()).toEqual([]);
    await checkFigures(this.instance.store, this.papers, dayAt(clock.now()));
    await this.#registersAreWhole();
    await this.#nobodyElseSees();
  }

  /** Every number of a register names the tip that took it, and none is missing. */
  async #registersAreWhole(): Promise<void> {
    const { triage } = this.instance.store;
    for (const [key, tips] of this.#registers) {
      const [unit = '', year = ''] = key.split(' ');
      const found = await Promise.all(
        [...tips, ''].map((_, i) => triage.registered(unit as UnitId, Number(year), i + 1)),
      );
      expect([key, found]).toEqual([key, [...tips, null]]);
    }
  }

  /** Nobody gets a tip but those with a right to it; everybody else is told what they are told of tips that do not exist. */
  async #nobodyElseSees(): Promise<void> {
    const world = this.judging;
    const paper = this.papers.at(-1);
    if (paper === undefined) return;
    this.#looks += 1;
    for (const [i, person] of this.#people.entries()) {
      if (i % PART !== this.#looks % PART) continue;
      if (person.roles.some((role) => OFFICE.includes(role))) continue;
      const staff = await this.#hands.of(this.#account(person));
      const answer = await staff.get(`/api/staff/tips/${paper.tip}`);
      const sees = seesTip(paper, person, world);
      expect([this.#account(person), paper.desk, answer.status]).toEqual([
        this.#account(person),
        paper.desk,
        sees ? 200 : 404,
      ]);
      if (!sees) continue;
      const { answering } = (await answer.json()) as { readonly answering: { readonly staff: string } };
      expect([paper.desk, answering.staff]).toEqual([paper.desk, answersFor(paper, this.#people)]);
    }
  }

  /** The whole of it as a bundle: nothing is wrong with it, and the auditor counts what the service shows. */
  async audit(): Promise<void> {
    await this.#log.round();
    await this.#log.round();
    const report = await audited({ instance: this.instance }, await bundleOf(this.instance));
    // That people let a time pass unspoken is theirs, and must be true; anything else would be the service's.
    const { deadlineSpoken = [], ...others } = Object.groupBy(report.violations, ({ check }) => check);
    expect(others).toEqual({});
    const now = this.instance.clock.now();
    const late = this.papers.filter((paper) =>
      paper.rounds.some(({ due, stopped }) => (stopped ?? now) > due),
    );
    const named = new Set(late.map(({ tip }) => `tip:${tip}`));
    expect(deadlineSpoken.filter(({ subject }) => !named.has(subject ?? ''))).toEqual([]);
    expect(report.tips).toBe(this.papers.length);
    checkAudited(report.rates, this.papers, dayAt(this.instance.clock.now()));
  }

  close(): Promise<void> {
    return this.instance.close();
  }
}
