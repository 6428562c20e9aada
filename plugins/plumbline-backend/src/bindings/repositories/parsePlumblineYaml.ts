import {
  PLUMBLINE_YAML,
  plumblineYamlSchema,
  type EntityRef,
  type PlumblineYamlBudget,
  type PlumblineYamlUnitCost,
} from '@plumbline/backstage-plugin-plumbline-common';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { assignShares, refOf, type AssignedShares } from './assignShares';
import { normalizePath } from './paths';

/** Paths by entity, as a repository gives them. */
export type PathAssignments = Record<EntityRef, string[]>;

/** Budgets and metrics by entity, as a repository sets them. */
export type RepositoryFigures = Record<
  EntityRef,
  { budgets: PlumblineYamlBudget[]; unitCosts: PlumblineYamlUnitCost[] }
>;

/** How entities' cost is shared out, as a repository says it. */
export type ShareAssignments = Record<EntityRef, AssignedShares>;

/** What a file says, or why it says nothing: a sentence with the line. */
export type ParsedPlumblineYaml =
  | {
      assignments: PathAssignments;
      figures: RepositoryFigures;
      shares?: ShareAssignments;
    }
  | { problem: string };

/** Reads the text of a `.plumbline.yaml`. Never quotes it: who sees the problem may not see the repository. */
export function parsePlumblineYaml(text: string): ParsedPlumblineYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    return invalid(error.linePos?.[0].line, `is not YAML (${error.code})`);
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 20 });
  } catch {
    // The library's guard against aliases that multiply.
    return invalid(undefined, 'holds too many aliases');
  }
  const parsed = plumblineYamlSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(lineOf(document, issue.path, lineCounter), saying(issue));
  }
  const assignments: PathAssignments = {};
  const figures: RepositoryFigures = {};
  const shares: ShareAssignments = {};
  for (const [key, entry] of Object.entries(parsed.data.entities)) {
    const { paths, budgets = [], unitCosts = [] } = entry;
    const line = lineOf(document, ['entities', key], lineCounter);
    const ref = refOf(key);
    if (!ref) {
      return invalid(
        line,
        'names an entity in another way than kind:namespace/name',
      );
    }
    const normalized = paths.map(normalizePath);
    if (normalized.includes(undefined)) {
      return invalid(
        line,
        'holds a path that is neither a file nor a folder inside the repository (it may end with /**)',
      );
    }
    assignments[ref] = [
      ...new Set([
        ...(assignments[ref] ?? []),
        ...normalized.filter(path => path !== undefined),
      ]),
    ];
    if (budgets.length + unitCosts.length > 0) {
      figures[ref] = {
        budgets: [...(figures[ref]?.budgets ?? []), ...budgets],
        unitCosts: [...(figures[ref]?.unitCosts ?? []), ...unitCosts],
      };
    }
    if (entry.shares) {
      const assigned = assignShares(ref, entry.shares);
      if (typeof assigned === 'string') {
        return invalid(line, assigned);
      }
      shares[ref] = assigned;
    }
  }
  return {
    assignments,
    figures,
    ...(Object.keys(shares).length > 0 && { shares }),
  };
}

function invalid(line: number | undefined, what: string): ParsedPlumblineYaml {
  return {
    problem: `${PLUMBLINE_YAML} ${what}${
      line === undefined ? '' : `, line ${line}`
    }; correct it on the default branch`,
  };
}

function saying(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'has a key that Plumbline does not know';
    case 'custom':
      return `is not valid (${issue.message})`;
    default:
      return `is not valid (${issue.code.replace(/_/g, ' ')} at ${
        issue.path[0] === undefined ? 'its top' : String(issue.path[0])
      })`;
  }
}

/** The line of the deepest node on a path that is there. */
function lineOf(
  document: Document,
  path: readonly PropertyKey[],
  lineCounter: LineCounter,
): number | undefined {
  let offset = rangeStart(document.contents);
  let node: unknown = document.contents;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        item => String((item.key as { value?: unknown })?.value) === key,
      );
      offset = rangeStart(pair?.key) ?? offset;
      node = pair?.value;
    }
  }
  return offset === undefined ? undefined : lineCounter.linePos(offset).line;
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0];
}
