import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { mixed, transcribe, wavOf } from '../../../../src/client/console/hotline/transcript.ts';

describe('a sound for the transcriber', () => {
  test('is a WAV file of 16 kHz, mono, 16 bit, whose sizes fit its bytes', () => {
    const wav = wavOf(new Float32Array([0, 1, -1, 0.5]));
    const view = new DataView(wav.buffer);
    const word = (at: number): string => String.fromCharCode(...wav.subarray(at, at + 4));
    expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
    expect([view.getUint32(4, true), view.getUint32(40, true), wav.length]).toEqual([44, 8, 52]);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([
      1, 16_000, 16,
    ]);
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 32_767, -32_768, 16_384]);
  });

  test('is cut at its loudest instead of turning over', () => {
    const view = new DataView(wavOf(new Float32Array([2, -3])).buffer);
    expect([view.getInt16(44, true), view.getInt16(46, true)]).toEqual([32_767, -32_768]);
  });

  test('has all channels in one', () => {
    expect([...mixed([new Float32Array([1, 0]), new Float32Array([0, 0.5])])]).toEqual([0.5, 0.25]);
    expect(mixed([])).toHaveLength(0);
  });
});

describe('the program on this computer', () => {
  const answering = async (status: number, body: string) => {
    const seen: { url: string; token: string; bytes: number }[] = [];
    const server = createServer((request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Uint8Array) => {
        bytes += chunk.length;
      });
      request.on('end', () => {
        seen.push({ url: request.url ?? '', token: request.headers.authorization ?? '', bytes });
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = () => transcribe({ port, token: 'abc', lang: 'vi', wav: wavOf(new Float32Array(10)) });
    return { ask, seen, close: () => new Promise((resolve) => server.close(resolve)) };
  };

  test('is asked with its token and the language, and its words come back in NFC', async () => {
    const program = await answering(200, JSON.stringify({ text: ' Nhà nghỉ '.normalize('NFD'), ms: 5 }));
    expect(await program.ask()).toBe('Nhà nghỉ');
    expect(program.seen).toEqual([{ url: '/transcribe?lang=vi', token: 'Bearer abc', bytes: 64 }]);
    await program.close();
  });

  test.each([
    [401, 'forbidden'],
    [503, 'unavailable'],
  ])('that answers %i is told as %s', async (status, code) => {
    const program = await answering(status, '{}');
    await expect(program.ask()).rejects.toMatchObject({ code });
    await program.close();
    await expect(program.ask()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test.each(['<title>Something else</title>', 'null', '{"text":5}'])(
    'that is no transcriber and answers %s is told as unavailable',
    async (body) => {
      const program = await answering(200, body);
      await expect(program.ask()).rejects.toMatchObject({ code: 'unavailable' });
      await program.close();
    },
  );
});
