import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type {
  EntityRef,
  Statement,
  StatementItem,
  StatementLines,
  StatementMonth,
  StatementMonths,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineAdminPermission,
  plumblineCostReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { NO_ENTITY } from '../../permissions/EntityFilter';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import { hasCosts } from '../CountedEntities';
import { noSuchLines } from './DefaultStatementService';
import type { LineEntity } from './statementCsv';
import type { EntitySum, StatementAccess } from './StatementReader';
import type {
  CloseRequest,
  StatementCsv,
  StatementCsvRequest,
  StatementLinesRequest,
  StatementRequest,
  StatementService,
  StatementsRequest,
} from './StatementService';

/**
 * Shows of statements what the caller may read today: an entity's past is its present owner's, and who owned it
 * once has lost sight of it. What is added up follows Plumbline's permission; what is shown by name follows the
 * catalog's as well, except what the catalog no longer has, which would else lose its name.
 *
 * @internal
 */
export class AuthorizedStatementService implements StatementService {
  readonly #inner: StatementService;
  readonly #authorizer: EntityAuthorizer;
  readonly #entities: EntityStore;
  readonly #names: CatalogNames;

  private constructor(
    inner: StatementService,
    authorizer: EntityAuthorizer,
    entities: EntityStore,
    names: CatalogNames,
  ) {
    this.#inner = inner;
    this.#authorizer = authorizer;
    this.#entities = entities;
    this.#names = names;
  }

  static create(options: {
    inner: StatementService;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedStatementService {
    return new AuthorizedStatementService(
      options.inner,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  /** @throws NotAllowedError when the caller may read no cost at all */
  async listMonths(request: StatementsRequest): Promise<StatementMonths> {
    const access = await this.#access(request.credentials);
    return this.#inner.listMonths({ ...request, access });
  }

  /** @throws NotAllowedError when the caller may read no cost at all */
  async getStatement(request: StatementRequest): Promise<Statement> {
    const { credentials } = request;
    const access = await this.#access(credentials);
    return this.#inner.getStatement({
      ...request,
      access,
      nameItems: async items => {
        const named = await this.#named(
          items.flatMap(({ ref, owner, system, domain }) => [
            ref,
            owner,
            system,
            domain,
          ]),
          credentials,
        );
        return items.map(item => nameItem(item, named));
      },
    });
  }

  /** @throws NotFoundError alike when the entity is not in the statement and when it is not the caller's */
  async getLines(request: StatementLinesRequest): Promise<StatementLines> {
    const { month, of, credentials } = request;
    const [access, named] = await Promise.all([
      this.#access(credentials),
      // What Plumbline keeps no record of has no lines either: the catalog need not be asked.
      this.#named(
        isUnfollowed(of as EntityRef) ? [] : [of as EntityRef],
        credentials,
      ),
    ]);
    if (!named.has(of as EntityRef)) {
      throw noSuchLines(month, of);
    }
    return this.#inner.getLines({ ...request, access });
  }

  /** @throws NotAllowedError when the caller may read no cost at all */
  async getCsv(request: StatementCsvRequest): Promise<StatementCsv> {
    const { credentials } = request;
    const access = await this.#access(credentials);
    return this.#inner.getCsv({
      ...request,
      access,
      nameEntities: async entities => {
        const named = await this.#named(
          entities.flatMap(({ ref, ownerRef, systemRef, domainRef }) => [
            ref,
            ownerRef,
            systemRef,
            domainRef,
          ]),
          credentials,
        );
        return entities.map(entity => nameEntity(entity, named));
      },
    });
  }

  /** @throws NotAllowedError when the caller is no administrator */
  async close(request: CloseRequest): Promise<StatementMonth> {
    await this.#authorizer.assertAllowed(
      plumblineAdminPermission,
      request.credentials,
    );
    return this.#inner.close(request);
  }

  async #access(credentials: BackstageCredentials): Promise<StatementAccess> {
    const permission = plumblineCostReadPermission;
    const [rights, { unallocated, shared }] = await Promise.all([
      this.#authorizer.getRights([permission], credentials),
      this.#entities.getBuckets(),
    ]);
    const readable = rights.filter(permission);
    if (readable === NO_ENTITY) {
      throw new NotAllowedError(
        `You need the permission '${permission.name}'; ask an administrator of this portal for it`,
      );
    }
    return {
      readable,
      buckets: [unallocated, shared]
        .filter(bucket => rights.allows(permission, bucket))
        .map(({ id }) => id),
    };
  }

  /**
   * Those that may be called by their name: what the catalog shows to the caller, and what it no longer has. Of
   * people and other kinds that Plumbline does not follow, it cannot tell the one from the other, and asks.
   */
  async #named(
    refs: readonly (EntityRef | undefined)[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<EntityRef>> {
    const asked = [...new Set(refs.flatMap(ref => ref ?? []))];
    const present = await this.#entities.getByRefs(asked);
    const isGone = (ref: EntityRef, index: number) =>
      present[index] === undefined && !isUnfollowed(ref);
    const there = asked.filter((ref, index) => !isGone(ref, index));
    const visible = await this.#names.getVisible(there, credentials);
    return new Set(
      asked.filter((ref, index) => isGone(ref, index) || visible.has(ref)),
    );
  }
}

/** Whether it is an entity of a kind that Plumbline keeps no record of; buckets are none. */
function isUnfollowed(ref: EntityRef): boolean {
  const [kind, name = ''] = ref.split(':');
  return name.includes('/') && !hasCosts(kind);
}

function nameItem(
  item: StatementItem,
  named: ReadonlySet<EntityRef>,
): StatementItem {
  const { ref, title, owner, system, domain, vanished, ...figures } = item;
  if (ref && !named.has(ref)) {
    return { ...figures, kind: 'unnamed' };
  }
  return {
    ...figures,
    ...(ref && { ref }),
    ...(title && { title }),
    ...(owner && named.has(owner) && { owner }),
    ...(system && named.has(system) && { system }),
    ...(domain && named.has(domain) && { domain }),
    ...(vanished && { vanished }),
  };
}

function nameEntity(
  { entityId, ref, title, ownerRef, systemRef, domainRef }: EntitySum,
  named: ReadonlySet<EntityRef>,
): LineEntity & { entityId: number } {
  const known = (other: EntityRef | undefined) =>
    other && named.has(other) ? other : undefined;
  return named.has(ref)
    ? {
        entityId,
        ref,
        title,
        ownerRef: known(ownerRef),
        systemRef: known(systemRef),
        domainRef: known(domainRef),
      }
    : { entityId };
}
