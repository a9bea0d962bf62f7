// Stands for a speech program: told how to behave by its first word, it prints what it was given to hear.
import { readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const [behaviour, file, lang, note] = process.argv.slice(2);
if (behaviour === 'fail') process.exit(3);
if (behaviour === 'sleep') {
  if (note) writeFileSync(note, file);
  setInterval(() => undefined, 1000);
} else if (behaviour === 'talk') {
  const line = 'không ngừng '.repeat(1000);
  // Written at once: what waits in a stream would fill this process's memory instead.
  for (;;) writeSync(1, line);
} else {
  const bytes = readFileSync(file).length;
  const mode = (statSync(dirname(file)).mode & 0o777).toString(8);
  process.stdout.write(`Nghe được ${bytes} byte,\r\n${lang}, ${mode}\u0007 \n\n\n\n${file}`);
}
