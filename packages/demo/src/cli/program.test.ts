import { readFile } from 'fs/promises';
import { join } from 'path';
import { temporaryFolder } from '../billing/testing';
import { createProgram } from './program';

describe('demo', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function run(...args: string[]): Promise<string> {
    let printed = '';
    const program = createProgram(text => {
      printed += text;
    }).exitOverride();
    program.commands.forEach(command =>
      command.exitOverride().configureOutput({ writeErr: () => {} }),
    );
    await program.parseAsync(args, { from: 'user' });
    return printed;
  }

  it('exports once, and says so the second time', async () => {
    const out = join(folder.path, 'billing');
    const args = [
      'export',
      '--out',
      out,
      '--end',
      '2026-11-22',
      '--rows',
      '2000',
      '--entities',
      '10',
    ];
    await expect(run(...args)).resolves.toMatch(
      /^Wrote .*billing: 2,010 rows, .* in 15 files/,
    );
    await expect(run(...args)).resolves.toContain('is up to date');
  });

  it('writes metrics and exchange rates beside the bill', async () => {
    const figures = join(folder.path, 'figures');
    const out = join(folder.path, 'billing');
    await expect(
      run('export', '--out', out, '--figures', figures, '--rows', '2000'),
    ).resolves.toMatch(/Wrote .*figures: [45],\d{3} rows/);
    await expect(
      readFile(join(figures, 'metrics.csv'), 'utf8'),
    ).resolves.toContain(',component:default/checkout-api,requests,');
  });

  it('writes the scenarios', async () => {
    const out = join(folder.path, 'SCENARIOS.md');
    await run('scenarios', '--out', out);
    await expect(readFile(out, 'utf8')).resolves.toContain('`retry-storm`');
  });

  it.each([
    [['export'], /required option '--out/],
    [['export', '--out', 'x', '--seed', 'many'], /Give a whole number/],
    [['export', '--out', 'x', '--end', '22.11.2026'], /write it as YYYY-MM-DD/],
    [
      ['export', '--out', 'x', '--rows', '5', '--as-of', '2026-01-01'],
      /leave it out/,
    ],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
