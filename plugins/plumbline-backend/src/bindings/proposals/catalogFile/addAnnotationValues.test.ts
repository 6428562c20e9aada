import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { addAnnotationValues } from './addAnnotationValues';

const entityRef = toEntityRef('component:default/checkout');
const annotation = 'aws.amazon.com/arn';
const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';

function add(text: string, values = [arn], key = annotation) {
  const result = addAnnotationValues(text, {
    entityRef,
    annotation: key,
    values,
  });
  return 'text' in result ? result.text : `refused: ${result.problem}`;
}

/** What was put in, at `⟦…⟧`; everything else is as it was. */
function inserted(before: string, after: string): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  expect(before.slice(0, start) + before.slice(before.length - end)).toBe(
    before,
  );
  return after.slice(start, after.length - end);
}

const head = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
`;

describe('addAnnotationValues', () => {
  it('adds the annotations where there are none, behind the name', () => {
    const text = `# ours\n${head}  # a comment\n  tags: [a,   b]\nspec: {type: service}   \n`;
    const edited = add(text);
    expect(edited).toBe(
      text.replace(
        '  name: checkout\n',
        `  name: checkout\n  annotations:\n    aws.amazon.com/arn: ${arn}\n`,
      ),
    );
    inserted(text, edited);
  });

  it('adds an annotation behind the last one, past its comment', () => {
    const text = `${head}  annotations:
      a.b/c: "x"   # why
      # trailing
spec:
  type: service
`;
    expect(inserted(text, add(text))).toContain(`aws.amazon.com/arn: ${arn}`);
    expect(add(text)).toContain(
      `      a.b/c: "x"   # why\n      aws.amazon.com/arn: ${arn}\n`,
    );
  });

  it.each([
    ['plain', `arn:aws:s3:::one`, `arn:aws:s3:::one,${arn}`],
    [
      'plain with a comment',
      `arn:aws:s3:::one # x`,
      `arn:aws:s3:::one,${arn} # x`,
    ],
    [
      'spaced',
      `arn:aws:s3:::one, arn:aws:s3:::two`,
      `arn:aws:s3:::one, arn:aws:s3:::two, ${arn}`,
    ],
    ['double quotes', `"arn:aws:s3:::one"`, `"arn:aws:s3:::one,${arn}"`],
    ['single quotes', `'arn:aws:s3:::one'`, `'arn:aws:s3:::one,${arn}'`],
    ['trailing comma', `'arn:aws:s3:::one,'`, `'arn:aws:s3:::one,${arn}'`],
    ['empty', `''`, `'${arn}'`],
    [
      'literal',
      `|\n      arn:aws:s3:::one,\n      arn:aws:s3:::two`,
      `|\n      arn:aws:s3:::one,\n      arn:aws:s3:::two,${arn}`,
    ],
    [
      'folded',
      `>-\n      arn:aws:s3:::one,\n      arn:aws:s3:::two`,
      `>-\n      arn:aws:s3:::one,\n      arn:aws:s3:::two, ${arn}`,
    ],
  ])('extends a list in the way it is written: %s', (_, before, after) => {
    const text = (value: string) =>
      `${head}  annotations:\n    aws.amazon.com/arn: ${value}\n    other: 'kept'\nspec: {}\n`;
    expect(add(text(before))).toBe(text(after));
  });

  it('writes what needs quotes in quotes', () => {
    const id = '#odd id: with "marks"';
    const text = `${head}  annotations:\n    plumbline.dev/resource-ids: plain-one\n`;
    const edited = add(text, [id], 'plumbline.dev/resource-ids');
    expect(edited).toContain(
      `plumbline.dev/resource-ids: "plain-one,#odd id: with \\"marks\\""`,
    );
    expect(add(head, ['12345'], 'plumbline.dev/resource-ids')).toContain(
      'plumbline.dev/resource-ids: "12345"',
    );
    expect(
      add(
        `${head}  annotations: {plumbline.dev/resource-ids: plain-one}\n`,
        ['/x/y'],
        'plumbline.dev/resource-ids',
      ),
    ).toContain('{plumbline.dev/resource-ids: "plain-one,/x/y"}');
  });

  it('fills annotations that are empty, in a block, in braces, in JSON', () => {
    expect(add(`${head}  annotations: # none yet\nspec: {}\n`)).toBe(
      `${head}  annotations: # none yet\n    aws.amazon.com/arn: ${arn}\nspec: {}\n`,
    );
    expect(add(`${head}  annotations: {}\n`)).toBe(
      `${head}  annotations: {"aws.amazon.com/arn": "${arn}"}\n`,
    );
    expect(add(`${head}  annotations: { a: b }\n`)).toBe(
      `${head}  annotations: { a: b, "aws.amazon.com/arn": "${arn}" }\n`,
    );
    expect(
      add('{"kind":"Component","metadata":{"name":"checkout"},"spec":{}}'),
    ).toBe(
      `{"kind":"Component","metadata":{"name":"checkout", "annotations": {"aws.amazon.com/arn": "${arn}"}},"spec":{}}`,
    );
    expect(
      add(`${head}  annotations:\n    aws.amazon.com/arn:\n    b: c\n`),
    ).toBe(
      `${head}  annotations:\n    aws.amazon.com/arn: "${arn}"\n    b: c\n`,
    );
  });

  it('touches one of many documents, whatever lies between them', () => {
    const other = head.replace('name: checkout', 'name: other');
    const elsewhere = `${head}  namespace: elsewhere\n`;
    const text = `%YAML 1.2\n---\n${other}...\n# between\n---\n${elsewhere}---\n${head}---\nkind: Location\n`;
    const edited = add(text);
    expect(edited).toBe(
      text.replace(
        `---\n${head}---`,
        `---\n${head}  annotations:\n    aws.amazon.com/arn: ${arn}\n---`,
      ),
    );
  });

  it('keeps carriage returns, a missing last newline and a byte-order mark', () => {
    const crlf = `${head}  annotations:\n    a: b\n`.replaceAll('\n', '\r\n');
    expect(add(crlf)).toBe(`${crlf}    aws.amazon.com/arn: ${arn}\r\n`);
    const open = `${head}  annotations:\n    a: b`;
    expect(add(open)).toBe(`${open}\n    aws.amazon.com/arn: ${arn}`);
    expect(add(head.trimEnd())).toBe(
      `${head.trimEnd()}\n  annotations:\n    aws.amazon.com/arn: ${arn}`,
    );
    expect(add(`\uFEFF${head}`)).toBe(
      `\uFEFF${head}  annotations:\n    aws.amazon.com/arn: ${arn}\n`,
    );
  });

  it('adds nothing twice', () => {
    const text = `${head}  annotations:\n    aws.amazon.com/arn: x, ${arn}\n`;
    expect(add(text)).toBe(text);
    expect(add(text, [arn, 'arn:y', 'arn:y'])).toContain(`x, ${arn}, arn:y\n`);
  });

  it.each([
    ['no YAML', `${head}  annotations: [`, /no valid YAML \(line/],
    [
      'nobody',
      'kind: Component\nmetadata: {name: other}\n',
      /does not describe/,
    ],
    ['twice', `${head}---\n${head}`, /2 times/],
    ['an alias', `${head}  annotations: *a\n`, /refused/],
    [
      'an anchor',
      `${head}  annotations: &a\n    b: c\nspec:\n  x: *a\n`,
      /not understood/,
    ],
    [
      'a shared value',
      `${head}  annotations:\n    aws.amazon.com/arn: &a x\n    b: *a\n`,
      /shared/,
    ],
    [
      'a list',
      `${head}  annotations:\n    aws.amazon.com/arn: [a]\n`,
      /not understood/,
    ],
    [
      'several lines',
      `${head}  annotations:\n    aws.amazon.com/arn: a,\n      b\n`,
      /several lines/,
    ],
    ['no map', `${head}  annotations: yes\n`, /not understood/],
    [
      'blank lines that count',
      `${head}  annotations:\n    a: |+\n      x\n\nspec: {}\n`,
      /no place/,
    ],
    ['no metadata', 'kind: Component\n', /does not describe/],
    ['nothing', '', /does not describe/],
  ])('leaves alone: %s', (_, text, reason) => {
    expect(add(text)).toMatch(/^refused: /);
    expect(add(text)).toMatch(reason);
  });

  it('refuses what no list can hold', () => {
    expect(add(head, ['a,b'])).toMatch(/comma/);
    expect(add(head, ['a\nb'])).toMatch(/refused/);
    expect(
      add(
        head,
        Array.from({ length: 201 }, (_, n) => `x/${n}`),
      ),
    ).toMatch(/more than 200/);
  });

  it('keeps every byte of whatever file, and says what was wanted', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9/.-]{0,12}$/);
    const value = fc.oneof(
      word,
      word.map(text => `"${text}"`),
      word.map(text => `'it''s ${text}'`),
      fc.tuple(word, word).map(lines => `|\n      ${lines.join('\n      ')}`),
      fc.constant(''),
      fc.constant('[1,  2]'),
    );
    const noise = fc.constantFrom('', '\n', '    # note\n', '   \n');
    const line = fc.tuple(word, value, noise);
    const file = fc.record({
      annotations: fc.uniqueArray(line, { selector: ([key]) => key }),
      more: fc.uniqueArray(line, { selector: ([key]) => key, maxLength: 3 }),
      before: fc.constantFrom('', '# top\n', `kind: Location\n---\n`),
      after: fc.constantFrom('', '---\nkind: X\n', '# end', '\n\n'),
      eol: fc.constantFrom('\n', '\r\n'),
    });
    const id = fc.stringMatching(/^[!-+.-~]{1,20}$/);
    let edits = 0;
    fc.assert(
      fc.property(file, fc.uniqueArray(id, { minLength: 1 }), (parts, ids) => {
        const lines = (entries: string[][]) =>
          entries
            .map(([key, text, end]) => `    ${key}: ${text}\n${end}`)
            .join('');
        const text = `${parts.before}${head}${
          parts.annotations.length > 0
            ? `  annotations:\n${lines(parts.annotations)}`
            : ''
        }spec:\n${lines(parts.more)}    type: x\n${parts.after}`.replaceAll(
          '\n',
          parts.eol,
        );
        const edited = add(text, ids, 'plumbline.dev/resource-ids');
        if (edited.startsWith('refused')) {
          return;
        }
        edits += 1;
        expect(inserted(text, edited)).toContain('plumbline.dev/resource-ids');
        const documents = parseAllDocuments(edited);
        const found = (documents as { toJS(): unknown }[])
          .map(document => document.toJS() as never)
          .find(({ kind }) => kind === 'Component') as unknown as {
          metadata: { annotations: Record<string, string> };
        };
        expect(
          found.metadata.annotations['plumbline.dev/resource-ids'].split(','),
        ).toEqual(ids);
      }),
      { numRuns: 1_000 },
    );
    expect(edits).toBeGreaterThan(700);
  });
});
