/** What the README tells somebody to do who adds Plumbline to a portal. */
export interface ReadmeLines {
  /** Commands, one a line. */
  install: string[];
  /** Lines for `packages/app/src/index.tsx`. */
  frontEnd: string;
  /** Lines for `packages/backend/src/index.ts`. */
  backEnd: string;
  /** The `plumbline` section of `app-config.yaml`. */
  configuration: string;
}

const SECTION = 'Add it to your portal';

/**
 * Reads the code blocks of the README's section about adding Plumbline to a portal.
 *
 * @throws Error where the section lacks one of them: what nobody can find in it, nobody can follow
 */
export function readmeLines(markdown: string): ReadmeLines {
  const section = new RegExp(`^## ${SECTION}$([^]*?)^## `, 'm').exec(
    markdown,
  )?.[1];
  if (!section) {
    throw new Error(`README.md has no section '${SECTION}'`);
  }
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(
    ([, language, code]) => ({ language, code }),
  );
  const find = (language: string, what: RegExp) => {
    const block = blocks.find(
      candidate => candidate.language === language && what.test(candidate.code),
    );
    if (!block) {
      throw new Error(
        `The README's section '${SECTION}' has no ${language} block with ${what}`,
      );
    }
    return block.code;
  };
  return {
    install: find('sh', /^yarn .* add /m)
      .split('\n')
      .filter(Boolean),
    frontEnd: find('ts', /styles\.css/),
    backEnd: find('ts', /backend\.add/),
    configuration: find('yaml', /^plumbline:/m),
  };
}
