import { Files, lines } from '../text';

/** README, ignore file and licence note that every repository begins with. */
export function aboutFiles(title: string, description: string): Files {
  return {
    'README.md': lines(
      `# ${title}`,
      '',
      `${description}.`,
      '',
      'Larkspur Outfitters, for internal use.',
    ),
    '.gitignore': lines(
      'node_modules/',
      'build/',
      '.aws-sam/',
      '.terraform/',
      '*.tfplan',
    ),
  };
}

/** Who is asked for a review, by path. */
export function codeOwners(
  organisation: string,
  owners: readonly (readonly [path: string, team: string])[],
): Files {
  return {
    '.github/CODEOWNERS': lines(
      ...owners.map(([path, team]) => `${path} @${organisation}/${team}`),
    ),
  };
}
