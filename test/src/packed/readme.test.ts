import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/portal';
import { readmeLines } from './readme';

const block = (language: string, code: string) =>
  `\`\`\`${language}\n${code}\n\`\`\`\n`;

describe('readmeLines', () => {
  it('finds the lines of the README', () => {
    const lines = readmeLines(
      readFileSync(path.join(root, 'README.md'), 'utf8'),
    );
    expect(lines.install.join('\n')).toContain(
      'add @plumbline/backstage-plugin-plumbline',
    );
    expect(lines.configuration).toContain('exports:');
  });

  it('says which block is missing', () => {
    const markdown = `# A\n\n## Add it to your portal\n\n${block(
      'sh',
      'yarn --cwd packages/app add a',
    )}\n## More\n`;
    expect(() => readmeLines(markdown)).toThrow(/no ts block with .*styles/);
    expect(() => readmeLines('# A\n')).toThrow('no section');
  });
});
