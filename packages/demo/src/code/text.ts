/** Files of a repository by path. */
export type Files = Record<string, string>;

/** Joins lines, leaves out what is undefined, ends with a line break. */
export function lines(...parts: (string | undefined)[]): string {
  return `${parts.filter(part => part !== undefined).join('\n')}\n`;
}

/** Indents every line that is not empty. */
export function indent(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

/** Puts a folder before every path. */
export function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      folder ? `${folder}/${path}` : path,
      content,
    ]),
  );
}

/** `checkout-api` as `CheckoutApi`. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
