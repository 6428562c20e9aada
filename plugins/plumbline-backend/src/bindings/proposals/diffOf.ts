import { structuredPatch } from 'diff';

const CONTEXT = 3;

/** The change of one file as Git writes it, so that `git apply` takes it. */
export function diffOf(path: string, before: string, after: string): string {
  const { hunks } = structuredPatch(path, path, before, after, '', '', {
    context: CONTEXT,
  });
  if (hunks.length === 0) {
    return '';
  }
  // Behind a name with a space, Git wants a tab.
  const end = path.includes(' ') ? '\t' : '';
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}${end}`,
    `+++ b/${path}${end}`,
    ...hunks.flatMap(hunk => [
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      ...hunk.lines,
    ]),
    '',
  ].join('\n');
}
