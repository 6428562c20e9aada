import { isDeepStrictEqual } from 'node:util';
import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { PermissionRuleset } from '@backstage/plugin-permission-node';
import type {
  PlumblineEntityFilter,
  PlumblineEntityResource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { NO_ENTITY } from './EntityFilter';
import type { EntityFilter } from './EntityFilter';
import type { EntityRecord } from './EntityStore';

/** What one caller may do, asked once and applied to any number of entities. @internal */
export interface CallerRights {
  allows(permission: ResourcePermission, entity: EntityRecord): boolean;
  /** The same as a filter on the entity table. */
  filter(permission: ResourcePermission): EntityFilter;
}

type Ruleset = PermissionRuleset<
  PlumblineEntityResource,
  PlumblineEntityFilter
>;

/**
 * The same answer for an entity that is not there and for one that is not the caller's.
 *
 * @internal
 */
export function noSuchEntity(entityRef: EntityRef): NotFoundError {
  return new NotFoundError(
    `There is no entity '${entityRef}' that you may see here`,
  );
}

/**
 * Asks the permission framework about the caller. Only people are callers: an unrestricted service would
 * pass every check.
 *
 * @internal
 */
export class EntityAuthorizer {
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #apply: (
    decision: PolicyDecision,
    resource: PlumblineEntityResource | undefined,
  ) => boolean;
  readonly #toFilter: ReturnType<
    typeof createConditionTransformer<PlumblineEntityFilter>
  >;

  private constructor(
    auth: AuthService,
    permissions: PermissionsService,
    ruleset: Ruleset,
  ) {
    this.#auth = auth;
    this.#permissions = permissions;
    this.#apply = createConditionAuthorizer(ruleset);
    this.#toFilter = createConditionTransformer(ruleset);
  }

  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    ruleset: Ruleset;
  }): EntityAuthorizer {
    return new EntityAuthorizer(
      options.auth,
      options.permissions,
      options.ruleset,
    );
  }

  /**
   * @throws NotAllowedError when the caller is no user.
   */
  async getRights(
    permissions: readonly ResourcePermission[],
    credentials: BackstageCredentials,
  ): Promise<CallerRights> {
    this.#assertUser(credentials);
    const answers = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const decisions = new Map(
      permissions.map(({ name }, index) => [name, sharedOf(answers, index)]),
    );
    const known = new Map<PolicyDecision, Map<EntityRecord, boolean>>();
    const decisionOf = ({ name }: ResourcePermission): PolicyDecision =>
      decisions.get(name) ?? { result: AuthorizeResult.DENY };
    return {
      allows: (permission, entity) => {
        const decision = decisionOf(permission);
        const byEntity =
          known.get(decision) ?? new Map<EntityRecord, boolean>();
        known.set(decision, byEntity);
        const allowed = byEntity.get(entity) ?? this.#apply(decision, entity);
        byEntity.set(entity, allowed);
        return allowed;
      },
      filter: permission => {
        const decision = decisionOf(permission);
        if (decision.result === AuthorizeResult.CONDITIONAL) {
          return this.#toFilter(decision.conditions);
        }
        return decision.result === AuthorizeResult.ALLOW
          ? undefined
          : NO_ENTITY;
      },
    };
  }

  /**
   * @throws NotAllowedError when the caller is no user or lacks the permission.
   */
  async assertAllowed(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.isAllowed(permission, credentials))) {
      throw new NotAllowedError(
        `You need the permission '${permission.name}'; ask an administrator of this portal for it`,
      );
    }
  }

  /**
   * @throws NotAllowedError when the caller is no user.
   */
  async isAllowed(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    this.#assertUser(credentials);
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }

  #assertUser(credentials: BackstageCredentials): void {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Plumbline answers signed-in people only; call it with a user’s token',
      );
    }
  }
}

/** The first decision that is the same as this one: what is decided alike is worked out once. */
function sharedOf(
  decisions: readonly PolicyDecision[],
  index: number,
): PolicyDecision {
  const decision = decisions[index];
  return (
    decisions.find(
      earlier => earlier === decision || isDeepStrictEqual(earlier, decision),
    ) ?? decision
  );
}
