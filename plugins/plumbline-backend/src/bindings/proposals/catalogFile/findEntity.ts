import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import {
  isMap,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';

/** Why a file is left alone: what is wrong, as the end of a sentence. */
export interface Refusal {
  problem: string;
}

/** A file of the catalog, and where in it an entity is described. */
export interface EntityPlace {
  documents: Document.Parsed[];
  /** Which of the documents. */
  index: number;
  /** The pair `metadata: …`. */
  metadata: Pair;
  map: YAMLMap;
}

/**
 * Finds the one document of a file that describes an entity.
 *
 * @returns the reason where there is none, or more than one, or the file is no YAML
 */
export function findEntity(
  text: string,
  entityRef: EntityRef,
): EntityPlace | Refusal {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, logLevel: 'silent' });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    return {
      problem: `it is no valid YAML (line ${
        error.linePos?.[0].line ?? '?'
      }); correct that first`,
    };
  }
  const found = documents.flatMap((document, index) =>
    refOf(document) === entityRef ? [{ document, index }] : [],
  );
  if (found.length !== 1) {
    return {
      problem:
        found.length === 0
          ? `it does not describe ${entityRef}, which may be made from another file or by a program`
          : `it describes ${entityRef} ${found.length} times`,
    };
  }
  const [{ document, index }] = found;
  const metadata = pairOf(document.contents, 'metadata');
  return metadata && isMap(metadata.value)
    ? { documents, index, metadata, map: metadata.value }
    : { problem: 'its metadata is written in a way that is not understood' };
}

/** Every entity that a file describes. */
export function entitiesIn(text: string): EntityRef[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  return Array.isArray(documents)
    ? [...new Set(documents.flatMap(document => refOf(document) ?? []))]
    : [];
}

/** The pair of a key in a map that is written out in the document, not an alias. */
export function pairOf(node: unknown, key: string): Pair | undefined {
  return isMap(node)
    ? node.items.find(
        item => (item.key as { value?: unknown } | null)?.value === key,
      )
    : undefined;
}

function refOf(document: Document.Parsed): EntityRef | undefined {
  const kind = document.get('kind');
  const name = document.getIn(['metadata', 'name']);
  const namespace = document.getIn(['metadata', 'namespace']);
  if (!isText(kind) || !isText(name)) {
    return undefined;
  }
  try {
    return toEntityRef({
      kind,
      name: String(name),
      ...(isText(namespace) && { namespace: String(namespace) }),
    });
  } catch {
    // No reference at all: it is some other document.
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number'
  );
}
