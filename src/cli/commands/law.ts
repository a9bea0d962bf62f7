import { join } from 'node:path';
import type { Command } from 'commander';
import { parseClockRules } from '../../domain/clock-rules.ts';
import type { ClockRule, Limit } from '../../domain/clocks.ts';
import { checkLaw } from '../../instance/law-check.ts';
import { projectRoot } from '../../instance/project-root.ts';
import { shippedData } from '../../instance/shipped-data.ts';
import type { CommandContext } from '../context.ts';

const limitText = ({ n, unit }: Limit): string => `${n} ${unit}`;

const ruleText = (rule: ClockRule): string => {
  const { unitKinds, legalKinds, circumstances } = rule.when;
  const cases = [unitKinds, legalKinds, circumstances].flatMap((words) => (words === null ? [] : words));
  const where = cases.length === 0 ? 'always' : cases.join(', ');
  const limit =
    rule.remote === null
      ? limitText(rule.limit)
      : `${limitText(rule.limit)} (remote ${limitText(rule.remote)})`;
  const starts = rule.starts.map(({ step, countedFrom }) => `${step} from ${countedFrom}`).join(', ');
  return `${rule.id}: ${rule.clock}, ${limit}; ${where}; ${starts}; ${rule.basis} [${rule.nature}]`;
};

/** `tinkin law`: checks the files of law line by line, and shows the limits that they set. */
export function registerLaw(program: Command, context: CommandContext): void {
  const law = program
    .command('law')
    .description('the law as data: limits, days off, extensions, who may settle');
  law
    .command('check')
    .description('read the files as the service does when it starts; every error names its line')
    .argument('[folder]', 'a folder of law files', join(projectRoot(), 'db', 'data'))
    .action((folder: string) => {
      const files = checkLaw(folder);
      const problems = files.flatMap((file) => file.problems);
      const text = files.flatMap(({ file, problems: found }) =>
        found.length === 0 ? [`${file}: in order`] : found,
      );
      context.print({ text, data: { files }, ok: problems.length === 0 });
    });
  law
    .command('show')
    .description('the limits, a line each: clock, limit, case, what starts it, article')
    .action(() => {
      const { rules } = parseClockRules(shippedData().get('clocks'));
      context.print({ text: rules.map(ruleText), data: { rules }, ok: true });
    });
}
