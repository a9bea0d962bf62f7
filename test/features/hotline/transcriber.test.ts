import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';

const withPort = (transcriberPort: number): Promise<Instance> =>
  openInstance((deps) => ({ instance: { ...deps.instance, transcriberPort } }));
const consoleOf = async ({ app }: Instance) => {
  const response = await app.request('/console/hotline');
  return { policy: response.headers.get('content-security-policy') ?? '', html: await response.text() };
};

test('the console calls a program on the operator’s own machine where the service names its port, and nothing else', async () => {
  const instance = await withPort(8737);
  const { policy, html } = await consoleOf(instance);
  await instance.close();
  expect(policy).toMatch(/connect-src 'self' http:\/\/127\.0\.0\.1:8737;/);
  expect(html).toContain('data-transcriber="8737"');
});

test('without one the console calls the service alone', async () => {
  const instance = await withPort(0);
  const { policy, html } = await consoleOf(instance);
  await instance.close();
  expect(policy).toMatch(/connect-src 'self';/);
  expect(html).toContain('data-transcriber="0"');
});

test('its port is a port, and none unless said', () => {
  expect(readConfig({}).transcriberPort).toBe(0);
  expect(readConfig({ TINKIN_TRANSCRIBER_PORT: '8737' }).transcriberPort).toBe(8737);
  expect(() => readConfig({ TINKIN_TRANSCRIBER_PORT: '70000' })).toThrow(/TINKIN_TRANSCRIBER_PORT/);
});
