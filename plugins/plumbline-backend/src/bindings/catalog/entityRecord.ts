import {
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { ClaimExtractor } from '../claims';
import { plainText } from '../plainText';

/** Longest reference the database takes; no catalog with the standard policies has one as long. */
const MAX_REF_LENGTH = 512;

/** An entity of the catalog, as Plumbline keeps it. */
export interface EntityRecord {
  ref: EntityRef;
  kind: string;
  title?: string;
  ownerRef?: EntityRef;
  systemRef?: EntityRef;
  /** Of a Domain itself and of a System; others have it through their system. */
  domainRef?: EntityRef;
  etag: string;
  /** JSON of what it claims and of what could not be read. */
  claims: string;
  dependsOn: EntityRef[];
}

/** What of an entity is read from the catalog. */
export const ENTITY_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.etag',
  'metadata.annotations',
  'relations',
];

/** Makes the record of an entity. */
export function toEntityRecord(
  entity: Entity,
  extractor: ClaimExtractor,
): EntityRecord {
  const ref = toEntityRef({
    kind: entity.kind,
    namespace: entity.metadata.namespace,
    name: entity.metadata.name,
  });
  const kind = entity.kind.toLocaleLowerCase('en-US');
  const { title } = entity.metadata;
  return {
    ref,
    kind,
    title: title ? plainText(title, 500) : undefined,
    ownerRef: kind === 'group' ? ref : targets(entity, RELATION_OWNED_BY).at(0),
    systemRef: kind === 'system' ? ref : partOf(entity, 'system'),
    domainRef: kind === 'domain' ? ref : partOf(entity, 'domain'),
    etag: plainText(entity.metadata.etag ?? '', 255),
    claims: JSON.stringify(extractor.extract(entity)),
    dependsOn: [...new Set(targets(entity, RELATION_DEPENDS_ON))].filter(
      target => target !== ref,
    ),
  };
}

function partOf(entity: Entity, kind: string): EntityRef | undefined {
  return targets(entity, RELATION_PART_OF).find(target =>
    target.startsWith(`${kind}:`),
  );
}

function targets(entity: Entity, type: string): EntityRef[] {
  return (entity.relations ?? [])
    .filter(
      relation =>
        relation.type === type && relation.targetRef.length <= MAX_REF_LENGTH,
    )
    .map(({ targetRef }) => toEntityRef(plainText(targetRef, MAX_REF_LENGTH)))
    .sort();
}
