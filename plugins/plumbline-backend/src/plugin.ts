import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  plumblineAdminPermission,
  plumblinePermissions,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  plumblineEntityResourceRef,
  plumblineRules,
  plumblineSourcesExtensionPoint,
} from '@plumbline/backstage-plugin-plumbline-node';
import type {
  CostSource,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { registerActions } from './actions';
import { createRouter } from './api';
import { createBindings } from './bindings';
import { createBudgets } from './createBudgets';
import { ClosingCalendar } from './cost/statements';
import { createCollection } from './createCollection';
import { ClaimSettler, ClaimStore } from './cost/unallocated/claims';
import { PlumblineDatabase } from './database';
import { EntityStore, readBucketOwner } from './permissions';
import { createServices } from './createServices';

/**
 * Collects, stores, analyses and serves what Plumbline knows of each catalog entity.
 *
 * @public
 */
export const plumblinePlugin = createBackendPlugin({
  pluginId: 'plumbline',
  register(env) {
    const costSources: CostSource[] = [];
    const usageSources: UsageSource[] = [];
    const assertNew = ({ id }: { id: string }) => {
      if ([...costSources, ...usageSources].some(other => other.id === id)) {
        throw new ConflictError(
          `There are two sources with the id '${id}'; give one of them another in app-config`,
        );
      }
    };
    env.registerExtensionPoint(plumblineSourcesExtensionPoint, {
      addCostSource(source) {
        assertNew(source);
        costSources.push(source);
      },
      addUsageSource(source) {
        assertNew(source);
        usageSources.push(source);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        databaseService: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({ databaseService, httpRouter, scheduler, ...deps }) {
        const database = await PlumblineDatabase.create({
          database: databaseService,
        });
        const entities = EntityStore.create({ database });
        await entities.setBucketOwner(readBucketOwner(deps.config));
        deps.permissionsRegistry.addResourceType({
          resourceRef: plumblineEntityResourceRef,
          permissions: plumblinePermissions.filter(
            permission => permission !== plumblineAdminPermission,
          ),
          rules: Object.values(plumblineRules),
          getResources: refs => entities.getByRefs(refs),
        });
        deps.permissionsRegistry.addPermissions([plumblineAdminPermission]);

        const bindings = createBindings({ ...deps, database });
        const calendar = ClosingCalendar.fromConfig(deps.config);
        const collection = createCollection({
          ...deps,
          calendar,
          database,
          scheduler,
          costSources,
          usageSources,
          allocator: bindings.allocator,
        });
        const budgets = createBudgets({
          ...deps,
          database,
          entities,
          bindings: bindings.store,
          statuses: collection.statuses,
        });
        const services = createServices({
          ...deps,
          database,
          entities,
          ruleset: deps.permissionsRegistry.getPermissionRuleset(
            plumblineEntityResourceRef,
          ),
          bindings: bindings.store,
          ownershipTag: bindings.ownershipTag,
          statuses: collection.statuses,
          sources: collection.sources,
          control: collection.control,
          environments: bindings.accountEnvironments,
          materializer: collection.materializer,
          calendar,
          locator: bindings.locator,
        });
        httpRouter.use(createRouter({ ...deps, ...services }));
        registerActions(deps.actionsRegistry, { ...deps, ...services });

        await bindings.start(scheduler);
        await ClaimSettler.create({
          store: ClaimStore.create({ database }),
        }).schedule(scheduler);
        await collection.start(scheduler);
        await budgets.start(scheduler);
      },
    });
  },
});
