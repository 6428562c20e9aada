import type {
  Portfolio,
  PortfolioBy,
  PortfolioRowKind,
} from '@plumbline/backstage-plugin-plumbline-common';

/** What a row stands for, one and many. */
export const byWords: Record<
  PortfolioBy,
  { label: string; one: string; many: string }
> = {
  owner: { label: 'Owner', one: 'owner', many: 'owners' },
  system: { label: 'System', one: 'system', many: 'systems' },
  domain: { label: 'Domain', one: 'domain', many: 'domains' },
  environment: {
    label: 'Environment',
    one: 'environment',
    many: 'environments',
  },
  entity: { label: 'Entity', one: 'entity', many: 'entities' },
};

const counted = new Intl.NumberFormat('en-US');

/** `1 owner`, `4,200 owners`. */
export function countText(
  count: number,
  { one, many }: { one: string; many: string },
): string {
  return `${counted.format(count)} ${count === 1 ? one : many}`;
}

/** The name of an owner, a system or another entity; with the namespace where that is not the usual one. */
export function nameOfRef(ref: string): string {
  const [, namespace = '', name = ref] =
    /^[^:]+:([^/]+)\/(.+)$/.exec(ref) ?? [];
  return namespace === 'default' || namespace === ''
    ? name
    : `${namespace}/${name}`;
}

/** What a row is called. */
export function rowName(
  by: PortfolioBy,
  { kind, key }: { kind: PortfolioRowKind; key?: string },
): string {
  switch (kind) {
    case 'named':
      return by === 'environment' ? key ?? '' : nameOfRef(key ?? '');
    case 'none':
      return `No ${byWords[by].one}`;
    case 'removed':
      return 'No longer in the catalog';
    default:
      return 'Not shown to you by the catalog';
  }
}

/** Whose cost is in the figures, and whose is not. */
export function entitiesText({ entities, months }: Portfolio): string {
  const { withoutCost, hidden } = entities;
  const noun = byWords.entity;
  const sentences = [
    `${countText(entities.counted, noun)} ${
      entities.counted === 1 ? 'is' : 'are'
    } added up here.`,
  ];
  if (withoutCost > 0) {
    const all = withoutCost === entities.counted;
    const subject = all ? 'None' : counted.format(withoutCost);
    const verb = withoutCost === 1 ? 'has no' : 'have no';
    const when = months.length === 1 ? 'this month' : 'these months';
    sentences.push(
      `${subject} of them ${all ? 'has a' : verb} cost in ${when}.`,
    );
  }
  if (hidden > 0) {
    sentences.push(
      `${countText(hidden, noun)} ${
        hidden === 1 ? 'is' : 'are'
      } left out, because you may not read ${
        hidden === 1 ? 'its' : 'their'
      } cost.`,
    );
  }
  return sentences.join(' ');
}
