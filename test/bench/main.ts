// `npm run bench`: every measurement in one run on this machine, as one table each. BENCH_SMALL=1 takes 20 000 tips instead of a million;
// arguments choose parts by name: `npm run bench -- submissions queue`.
import { arch, cpus, platform, totalmem } from 'node:os';
import { answerSizes } from './answer-sizes.ts';
import { openBenchInstance } from './bench-instance.ts';
import { DASHBOARD_TARGET_MS, measureDashboard } from './dashboard.ts';
import { benchHotline } from './hotline.ts';
import { benchLedger } from './ledger.ts';
import { benchLogged } from './logged.ts';
import { benchOpenTips } from './open-tips.ts';
import { benchBoard, benchQueue } from './queue.ts';
import { seedTips } from './seed-million.ts';
import { benchSendTime } from './send-time.ts';
import { benchSubmissions, submissionRows } from './submissions.ts';
import { atMost, type BenchRow, benchTable, plainRow } from './table.ts';
import { benchUploads } from './uploads.ts';
import { benchVerifier } from './verifier.ts';
import { benchWire } from './wire.ts';

const SMALL = process.env.BENCH_SMALL === '1';
const TIPS = SMALL ? 20_000 : 1_000_000;
const REAL = SMALL ? 200 : 1_000;
/** A million whole envelopes are 7 GB: one in this many carries its bytes, which neither queue nor dashboard reads. */
const WHOLE_EVERY = SMALL ? 1 : 50;

const PARTS = ['submissions', 'queue', 'wire', 'send', 'hotline', 'uploads', 'ledger'] as const;
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const wanted = (part: (typeof PARTS)[number]): boolean => chosen.length === 0 || chosen.includes(part);

const unknown = chosen.filter((word) => !(PARTS as readonly string[]).includes(word));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${PARTS.join(', ')}.`);
  process.exit(2);
}

const [processor] = cpus();
console.log(
  `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, Node ${process.version}\n`,
);
const missed: string[] = [];
const show = (title: string, rows: readonly BenchRow[]): void => {
  console.log(`${benchTable(title, rows)}\n`);
  missed.push(...rows.filter((row) => row.met === false).map((row) => row.name));
};

if (wanted('submissions'))
  show('Accepted, durable, fully checked tips', submissionRows(await benchSubmissions()));
if (wanted('queue')) await overManyTips();
if (wanted('wire')) show('On the wire', await benchWire());
if (wanted('send')) show('From "send" to the code', await benchSendTime());
if (wanted('hotline')) show('A call taken by keyboard', await benchHotline());
if (wanted('uploads')) show('A large file', await benchUploads());
if (wanted('ledger')) {
  show('The log', [...benchLedger(), ...(await answerSizes())]);
  show('What the log costs', await benchLogged(SMALL));
  show('The auditor’s verifier', await benchVerifier(SMALL));
}
console.log(missed.length === 0 ? 'Every target was met.' : `Missed: ${missed.join('; ')}.`);

/** Queue, dashboard and opened tips over a large database, and the dashboard once more over a tenth of it. */
async function overManyTips(): Promise<void> {
  const tenth = await measured(TIPS / 10, Math.min(REAL, 100), false);
  const { rows, dashboard, label } = await measured(TIPS, REAL, true);
  show(`Over ${TIPS.toLocaleString('en')} tips: ${label}`, [
    ...rows,
    ...dashboard.flatMap(({ name, p50, p99 }) => {
      const before = tenth.dashboard.find((figure) => figure.name === name);
      return [
        atMost(`dashboard, ${name}, p50`, p50, 'ms', DASHBOARD_TARGET_MS),
        plainRow(`dashboard, ${name}, p99`, p99, 'ms'),
        ...(before
          ? [plainRow(`dashboard, ${name}: p50 ÷ the same over a tenth of the tips`, p50 / before.p50, '×')]
          : []),
      ];
    }),
  ]);
}

async function measured(tips: number, real: number, everything: boolean) {
  const instance = await openBenchInstance();
  try {
    const seeded = await seedTips(instance, { tips, real, wholeEvery: WHOLE_EVERY });
    const dashboard = await measureDashboard(instance);
    const rows = everything
      ? [
          ...(await benchQueue(instance)),
          ...(await benchBoard(instance)),
          ...(await benchOpenTips(instance, seeded.real)),
        ]
      : [];
    return { rows, dashboard, label: seeded.label };
  } finally {
    await instance.close();
  }
}
