import { smtpPoster } from '../../../src/adapters/mail/smtp.ts';
import { nodeRandom } from '../../../src/adapters/random/node.ts';
import { openSqliteStore } from '../../../src/adapters/store/sqlite/open.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { serveHour } from '../../../src/features/post/digests.ts';

// A program of its own, to be killed while it serves an hour: database, migrations, port of the mail server, moment, hour.
const [file = '', migrations = '', port = '', now = '', hour = ''] = process.argv.slice(2);
const options = { host: '127.0.0.1', port: Number(port), tls: 'off', login: null, ca: null } as const;
await serveHour({
  store: openSqliteStore({ file, migrations }),
  poster: smtpPoster({ ...options, from: 'tin@tin.example.vn' }),
  digestHours: [Number(hour)],
  clock: { now: () => Number(now) as Seconds },
  random: nodeRandom(),
  log: { request: () => undefined, service: () => undefined },
});
