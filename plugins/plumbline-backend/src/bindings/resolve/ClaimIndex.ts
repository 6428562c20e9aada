import {
  ANNOTATIONS,
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { BindingsConfig } from '../BindingsConfig';
import type { Claim, LambdaNameClaim, TagSelectorClaim } from '../claims';
import type { Within } from '../claims/types';
import { canonicalAccountId, canonicalResourceId } from '../claims/canonical';
import { lambdaFunctionOf, parseArn } from '../claims/parseArn';
import { proofReasons } from './proofReasons';
import { RANK } from './rank';
import type { Candidate, ClaimingEntity, KnownResource } from './types';

/** So many entities may claim the same thing; further ones are not looked at. */
const MAX_CLAIMANTS = 100;

interface Claimant<C extends Claim = Claim> {
  entity: ClaimingEntity;
  claim: C;
}

/**
 * Who claims what, to be asked once per resource: every look-up is by key, whatever the number of entities.
 *
 * @internal
 */
export class ClaimIndex {
  readonly #config: BindingsConfig;
  readonly #byRef = new Map<string, ClaimingEntity>();
  readonly #byId = new Map<string, Claimant[]>();
  readonly #byShortId = new Map<string, Claimant[]>();
  readonly #byLambda = new Map<string, Claimant<LambdaNameClaim>[]>();
  readonly #byFirstTag = new Map<
    string,
    Map<string, Claimant<TagSelectorClaim>[]>
  >();
  readonly #byAccount = new Map<string, Claimant[]>();
  readonly #matched = new Set<Claim>();

  static create(options: {
    entities: readonly ClaimingEntity[];
    config: BindingsConfig;
  }): ClaimIndex {
    const index = new ClaimIndex(options.config);
    // In the order of precedence, so that those left out by the limit are the last.
    const ordered = [...options.entities].sort(
      (a, b) =>
        Number(a.kind !== 'resource') - Number(b.kind !== 'resource') ||
        (a.ref < b.ref ? -1 : 1),
    );
    for (const entity of ordered) {
      index.#byRef.set(entity.ref, entity);
      for (const claim of entity.claims) {
        index.#add(entity, claim);
      }
    }
    return index;
  }

  private constructor(config: BindingsConfig) {
    this.#config = config;
  }

  /**
   * Every entity that may get the resource, each once with its most specific claim, in no order.
   *
   * @param follows - who gets it before it counts as left over, such as the owner of a thing it is a part of
   */
  candidates(resource: KnownResource, follows?: Candidate): Candidate[] {
    const found = new Map<number, Candidate>();
    const add = (candidate: Candidate | undefined) => {
      if (candidate) {
        const other = found.get(candidate.entity.id);
        if (!other || candidate.rank < other.rank) {
          found.set(candidate.entity.id, candidate);
        }
      }
    };
    this.#mapped(resource).forEach(add);
    // Tags of charges that name no resource are those of whichever line came last: they say nothing.
    if (resource.nativeId !== '') {
      add(this.#tagged(resource));
      this.#named(resource).forEach(add);
    }
    if (found.size === 0) {
      add(follows);
    }
    if (found.size === 0) {
      this.#leftOver(resource).forEach(add);
    }
    return [...found.values()];
  }

  /** Notes that the bill knows an account, whoever gets its resources. */
  noteAccount(accountId: string) {
    for (const { claim } of this.#byAccount.get(
      canonicalAccountId(accountId),
    ) ?? []) {
      this.#matched.add(claim);
    }
  }

  /** Whether a claim named something the bill knows. */
  isMatched(claim: Claim): boolean {
    return this.#matched.has(claim);
  }

  /** What the ownership tag of a resource says, where it says anything. */
  ownershipTag(resource: KnownResource): string | undefined {
    return resource.nativeId === ''
      ? undefined
      : resource.tags.get(this.#config.ownershipTag);
  }

  /** The entity that the ownership tag of a resource names, where the catalog has it. */
  taggedEntity(resource: KnownResource): ClaimingEntity | undefined {
    const ref = fullRef(this.ownershipTag(resource));
    return ref && this.#byRef.get(ref);
  }

  #add(entity: ClaimingEntity, claim: Claim) {
    switch (claim.kind) {
      case 'resource-id':
        push(this.#byId, claim.id, { entity, claim });
        for (const short of shortIds(claim.id)) {
          push(this.#byShortId, short, { entity, claim });
        }
        break;
      case 'lambda-name':
        push(this.#byLambda, claim.name, { entity, claim });
        break;
      case 'tag-selector': {
        const pairs = claim.tags.map(pairKey).sort();
        const selectors = this.#byFirstTag.get(pairs[0]) ?? new Map();
        this.#byFirstTag.set(pairs[0], selectors);
        push(selectors, pairs.join('\n'), { entity, claim });
        break;
      }
      case 'account':
        push(this.#byAccount, claim.accountId, { entity, claim });
        break;
      default:
      // Repositories are resolved on their own.
    }
  }

  #mapped(resource: KnownResource): Candidate[] {
    const { resources, accounts } = this.#config.map;
    const byResource = resources.get(canonicalResourceId(resource.nativeId));
    const byAccount = accounts.get(canonicalAccountId(resource.accountId));
    return (
      [
        [byResource, RANK.mappedResource, 'resource'],
        [byAccount, RANK.mappedAccount, 'account'],
      ] as const
    ).flatMap(([ref, rank, what]) => {
      const entity = ref && this.#byRef.get(ref);
      return entity
        ? [
            {
              entity,
              matchedBy: 'operator-map' as const,
              rank,
              proof: 'proven' as const,
              reason: proofReasons.mapped(what),
            },
          ]
        : [];
    });
  }

  #tagged(resource: KnownResource): Candidate | undefined {
    const entity = this.taggedEntity(resource);
    return entity
      ? {
          entity,
          matchedBy: 'ownership-tag',
          rank: RANK.ownershipTag,
          proof: 'proven',
          reason: proofReasons.tagged(this.#config.ownershipTag, entity.ref),
        }
      : undefined;
  }

  #named(resource: KnownResource): Candidate[] {
    const id = canonicalResourceId(resource.nativeId);
    const arn = parseArn(id);
    const lambda = lambdaFunctionOf(arn);
    const ids = this.#byId.get(id) ?? [];
    const unqualified =
      arn && lambda
        ? this.#byId.get(
            `${id.slice(0, -arn.resource.length)}function:${lambda}`,
          ) ?? []
        : [];
    const short = arn
      ? []
      : (this.#byShortId.get(id) ?? []).filter(({ claim }) => {
          const account = parseArn(claim.value)?.accountId;
          return !account || account === canonicalAccountId(resource.accountId);
        });
    const named = (lambda ? this.#byLambda.get(lambda) ?? [] : []).filter(
      ({ claim }) =>
        (!claim.region || claim.region === arn?.region) &&
        (!claim.accountId || claim.accountId === arn?.accountId),
    );
    return [
      ...[...ids, ...unqualified, ...short].map(claimant =>
        this.#claimed(claimant, RANK.id),
      ),
      ...named.map(claimant => this.#claimed(claimant, RANK.name)),
      ...this.#selected(resource).map(claimant =>
        this.#claimed(claimant, RANK.tagSelector),
      ),
    ];
  }

  #selected(resource: KnownResource): Claimant[] {
    return [...resource.tags].flatMap(pair =>
      [...(this.#byFirstTag.get(pairKey(pair))?.values() ?? [])].flatMap(
        claimants =>
          claimants[0].claim.tags.every(
            ([key, value]) => resource.tags.get(key) === value,
          )
            ? claimants.filter(({ claim }) => lies(resource, claim.within))
            : [],
      ),
    );
  }

  #leftOver(resource: KnownResource): Candidate[] {
    const claimants = this.#byAccount.get(
      canonicalAccountId(resource.accountId),
    );
    return (claimants ?? []).map(claimant => ({
      ...this.#claimed(claimant, RANK.account),
      reason: proofReasons.leftOver(claimant.claim.annotation),
    }));
  }

  #claimed({ entity, claim }: Claimant, rank: number): Candidate {
    this.#matched.add(claim);
    return {
      entity,
      matchedBy: matchedBy(claim),
      rank,
      proof: 'claimed',
      reason:
        proofReasons.claimed(
          claim.annotation,
          this.#config.ownershipTag,
          entity.ref,
        ) +
        (claim.annotation === ANNOTATIONS.infraWalletTags
          ? proofReasons.anyTag
          : ''),
      claim,
    };
  }
}

/** How the names of providers in a bill begin, by InfraWallet's word for them. */
const PROVIDERS: Record<string, RegExp> = {
  aws: /^(aws|amazon)/i,
  azure: /^(azure|microsoft)/i,
  gcp: /^(gcp|google)/i,
};

function lies(resource: KnownResource, within: Within | undefined): boolean {
  const { provider, accountIds } = within ?? {};
  return (
    (provider === undefined ||
      (PROVIDERS[provider]?.test(resource.provider) ??
        resource.provider.toLowerCase() === provider)) &&
    (accountIds === undefined ||
      accountIds.includes(canonicalAccountId(resource.accountId)))
  );
}

function matchedBy(claim: Claim): Candidate['matchedBy'] {
  switch (claim.kind) {
    case 'lambda-name':
      return 'name';
    case 'tag-selector':
    case 'account':
      return claim.kind;
    default:
      return claim.matchedBy;
  }
}

function fullRef(text: string | undefined): EntityRef | undefined {
  try {
    return text ? toEntityRef(text.trim()) : undefined;
  } catch {
    // A tag is text from outside: one that is no reference names nobody.
    return undefined;
  }
}

/** What a bill writes instead of the ARN of an S3 bucket or of a thing of EC2. */
function shortIds(id: string): string[] {
  const arn = parseArn(id);
  if (arn?.service === 's3' && /^[^/:]+$/.test(arn.resource)) {
    return [arn.resource];
  }
  const thing =
    arn?.service === 'ec2' &&
    /^[a-z-]+\/([a-z]+-[0-9a-f]+)$/.exec(arn.resource);
  return thing ? [thing[1]] : [];
}

function pairKey([key, value]: readonly [string, string]): string {
  return `${key}\u0000${value}`;
}

function push<C extends Claim>(
  map: Map<string, Claimant<C>[]>,
  key: string,
  claimant: Claimant<C>,
) {
  const claimants = map.get(key);
  if (!claimants) {
    map.set(key, [claimant]);
  } else if (claimants.length < MAX_CLAIMANTS) {
    claimants.push(claimant);
  }
}
