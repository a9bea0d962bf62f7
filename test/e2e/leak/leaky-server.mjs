// A control for the leak search: a server that does everything wrong on purpose. It keeps what it is sent in memory and writes it
// in the forms a careless program would: a UTF-16 database, an NFD blob, a base64 record in its log, a percent-encoded access log.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const [folder, port] = [process.argv[2], Number(process.argv[3])];
mkdirSync(join(folder, 'blobs'), { recursive: true });
const database = new Database(join(folder, 'leaky.sqlite'));
database.pragma('encoding = "UTF-16le"');
database.pragma('journal_mode = WAL');
database.exec('create table tip (text text)');
const remembered = [];

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  remembered.push(text);
  database.prepare('insert into tip values (?)').run(text);
  writeFileSync(join(folder, 'blobs', 'a'), text.normalize('NFD'));
  appendFileSync(
    join(folder, 'server.log'),
    `${JSON.stringify({ body: Buffer.from(text).toString('base64') })}\n`,
  );
  appendFileSync(join(folder, 'access.log'), `GET /tip?text=${encodeURIComponent(text)}\n`);
  response.end(String(remembered.length));
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
process.stdin.on('end', () => process.exit(0)).resume();
