/**
 * Lays HCL out as `terraform fmt` does: the equals signs of attributes that
 * follow each other stand below each other.
 *
 * Indentation must be right already. Heredocs are not known here.
 */
export function formatHcl(text: string): string {
  const out: string[] = [];
  let run: [name: string, value: string][] = [];
  const flush = () => {
    const width = Math.max(...run.map(([name]) => name.length));
    out.push(...run.map(([name, value]) => `${name.padEnd(width)} = ${value}`));
    run = [];
  };
  for (const line of text.split('\n')) {
    const attribute = /^(\s*[^\s=#]+) = (.*)$/.exec(line);
    if (attribute && opensNothing(attribute[2])) {
      run.push([attribute[1], attribute[2]]);
    } else {
      flush();
      out.push(line);
    }
  }
  flush();
  return out.join('\n');
}

// A value that goes on in the next line stands for itself.
function opensNothing(value: string): boolean {
  const count = (pattern: RegExp) => value.match(pattern)?.length ?? 0;
  return count(/[[({]/g) === count(/[\])}]/g);
}
