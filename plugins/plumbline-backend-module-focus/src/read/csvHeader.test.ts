import { createMockDirectory } from '@backstage/backend-test-utils';
import { csvHeader } from './csvHeader';

const dir = createMockDirectory();

async function headerOf(text: string) {
  dir.setContent({ 'a.csv': text });
  return csvHeader(dir.resolve('a.csv'));
}

it.each([
  ['a,b\n1,2\n', ['a', 'b']],
  ['\uFEFF"a", b \r\n1,2\r\n', ['a', 'b']],
  ['"a,""b""","c\nd"\n1,2', ['a,"b"', 'c\nd']],
  ['only', ['only']],
])('reads %j', async (text, names) => {
  expect(await headerOf(text)).toEqual(names);
});

it.each([
  ['a,,b\n', /no header of named columns/],
  ['\n', /no header of named columns/],
  ['a,"b\n1,2\n', /quote of the first line is not closed/],
  [`${'a,'.repeat(40_000)}b\n`, /longer than 64 kB/],
])('refuses %#', async (text, message) => {
  await expect(headerOf(text)).rejects.toThrow(message);
});

it('takes no longer for a long header than its length', async () => {
  const started = Date.now();
  expect(await headerOf(`${'"a",'.repeat(16_000)}b\n1\n`)).toHaveLength(16_001);
  await expect(headerOf('"a",'.repeat(100_000))).rejects.toThrow(/64 kB/);
  expect(Date.now() - started).toBeLessThan(500);
});
