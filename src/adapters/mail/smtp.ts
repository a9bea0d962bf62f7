import { createTransport } from 'nodemailer';
import type { Letter, Poster } from '../../ports/poster.ts';

/** How the mail server of an instance is reached. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `off` is for a server on the machine itself alone. */
  readonly tls: 'implicit' | 'starttls' | 'off';
  /** Null: the server takes letters without a login. */
  readonly login: { readonly user: string; readonly pass: string } | null;
  /** Address that letters come from; its domain is all that the server is told of this machine. */
  readonly from: string;
  /** PEM of the authority that vouches for the server's certificate; null: those that Node knows. */
  readonly ca: string | null;
  /** Milliseconds without an answer after which a letter counts as failed. */
  readonly timeout?: number;
}

type Result = 'sent' | 'refused' | 'failed';

const TIMEOUT = 10_000;

/** What nodemailer says of a failure: what the server answered, and to which command. */
interface Failure {
  readonly responseCode?: number;
  readonly command?: string;
}

/** True where the server answered about this letter alone, so that the next one may fare better. */
const aboutOne = ({ responseCode, command }: Failure): boolean =>
  responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA');

/**
 * Letters over SMTP (RFC 5321), always encrypted but on the machine itself. One connection carries all letters of a call, one after the
 * other, and ends with it. A letter whose fate is unknown is never sent again: better none than two.
 */
export function smtpPoster(options: SmtpOptions): Poster {
  const open = new Set<ReturnType<typeof transportTo>>();
  return {
    async send(letters) {
      const transport = transportTo(options);
      open.add(transport);
      const results: Result[] = [];
      try {
        for (const letter of letters) {
          const failure = await hand(transport, letter, options.from);
          results.push(failure === null ? 'sent' : kindOf(failure));
          // The server is gone, hangs or lets nobody in: every further letter would wait for the same.
          if (failure !== null && !aboutOne(failure)) break;
        }
      } finally {
        transport.close();
        open.delete(transport);
      }
      return letters.map((_, i) => results[i] ?? 'failed');
    },
    async close() {
      for (const transport of open) transport.close();
    },
  };
}

const kindOf = (failure: Failure): Result =>
  failure.command === 'RCPT TO' && (failure.responseCode ?? 0) >= 500 ? 'refused' : 'failed';

function transportTo({ host, port, tls, login, from, ca, timeout = TIMEOUT }: SmtpOptions) {
  return createTransport(
    {
      pool: true,
      maxConnections: 1,
      maxMessages: Number.POSITIVE_INFINITY,
      // A connection that breaks in the middle of a letter may have delivered it.
      maxRequeues: 0,
      host,
      port,
      name: from.slice(from.lastIndexOf('@') + 1),
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'off',
      tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
      ...(login === null ? {} : { auth: login }),
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      dnsTimeout: timeout,
    },
    { disableFileAccess: true, disableUrlAccess: true },
  );
}

/** Hands one letter over; null when the server took it. */
async function hand(
  transport: ReturnType<typeof transportTo>,
  { to, subject, body, messageId }: Letter,
  from: string,
): Promise<Failure | null> {
  try {
    await transport.sendMail({
      from: { name: 'TinKín', address: from },
      to,
      subject,
      messageId: `<${messageId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      text: new TextDecoder().decode(body),
      // Every body of so many bytes takes the same room on the wire, whatever letters stand in it.
      textEncoding: 'base64',
    });
    return null;
  } catch (error) {
    return error as Failure;
  }
}
