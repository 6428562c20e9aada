import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineRules,
} from '@plumbline/backstage-plugin-plumbline-node';
import { EntityCostMaterializer } from '../cost/materialise';
import { ClosingCalendar } from '../cost/statements';
import { freshSource, TestCosts, units } from '../cost/testUtils';
import { RepositoryLocator } from '../bindings/repositories';
import { sourcesOf } from '../status/__testUtils__/sourcesOf';
import { createServices } from '../createServices';
import { EntityStore } from '../permissions';
import { registerActions } from './registerActions';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(60_000);

describe('get-entity-cost', () => {
  async function create() {
    const costs = await TestCosts.create(await databases.init('SQLITE_3'));
    await costs.addEntities([
      {
        ref: 'component:default/mine',
        owner: 'group:default/x',
        system: 'system:default/shop',
      },
      {
        ref: 'component:default/foreign',
        owner: 'group:default/y',
        system: 'system:default/shop',
      },
      { ref: 'system:default/shop', owner: 'group:default/x' },
    ]);
    await costs.addSources([
      { id: 'focus:aws', from: '2026-02-01', through: '2026-03-20' },
    ]);
    await costs.addCosts([
      {
        entity: 'component:default/mine',
        day: '2026-03-02',
        effective: units(7),
      },
    ]);
    const permissions = mockServices.permissions.mock({
      authorizeConditional: async queries =>
        queries.map(() =>
          createPlumblineConditionalDecision(
            plumblineCostReadPermission,
            plumblineConditions.isEntityOwner({ claims: ['group:default/x'] }),
          ),
        ),
    });
    const services = createServices({
      auth: mockServices.auth(),
      userInfo: mockServices.userInfo(),
      ownershipTag: 'plumbline:entity',
      config: mockServices.rootConfig(),
      permissions,
      catalog: catalogServiceMock({
        entities: [
          ['Component', 'mine'],
          ['Component', 'foreign'],
          ['System', 'shop'],
        ].map(([kind, name]) => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind,
          metadata: { name },
        })),
      }),
      database: costs.database,
      entities: EntityStore.create({ database: costs.database }),
      ruleset: {
        getRuleByName: name =>
          Object.values(plumblineRules).find(rule => rule.name === name) ??
          plumblineRules.isEntityOwner,
      },
      bindings: costs.bindings,
      environments: new Map(),
      logger: mockServices.logger.mock(),
      urlReader: mockServices.urlReader.mock(),
      locator: RepositoryLocator.fromConfig(mockServices.rootConfig()),
      ...sourcesOf(costs.database, freshSource()),
      materializer: EntityCostMaterializer.create({ database: costs.database }),
      calendar: ClosingCalendar.create(),
    });
    const registry = actionsRegistryServiceMock();
    const event = {
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    };
    const auditor = mockServices.auditor.mock({
      createEvent: jest.fn(async () => event),
    });
    registerActions(registry, { auditor, ...services });
    const costOf = (
      name: string,
      credentials: BackstageCredentials = mockCredentials.user(),
    ) =>
      registry.invoke({
        id: 'test:get-entity-cost',
        input: {
          entityRef: `component:default/${name}`,
          from: '2026-03-01',
          to: '2026-03-21',
        },
        credentials,
      });
    return { registry, costOf, permissions, auditor, event };
  }

  it('says what the caller’s entity costs, and how current that is', async () => {
    const { costOf } = await create();
    const { output } = await costOf('mine');
    expect(output).toMatchObject({
      state: 'ok',
      reason: 'The bill is complete through 20 March 2026.',
      dataThrough: '2026-03-20',
      missing: [],
      currencies: [
        {
          currency: 'USD',
          total: '7',
          before: '0',
          usage: '7',
          usageBefore: '0',
        },
      ],
    });
  });

  it('says what the totals lack: days, and members the person may not read', async () => {
    const { registry } = await create();
    const { output } = await registry.invoke({
      id: 'test:get-entity-cost',
      input: {
        entityRef: 'system:default/shop',
        from: '2026-01-01',
        to: '2026-04-01',
      },
      credentials: mockCredentials.user(),
    });
    expect(output).toMatchObject({
      state: 'cannot-tell',
      incompleteFrom: '2026-03-21',
      missing: [{ from: '2026-01-01', to: '2026-02-01' }],
      members: { counted: 1, hidden: 1 },
      currencies: [{ total: '7' }],
    });
  });

  it('answers the same of what is not there and of what is not the caller’s', async () => {
    const { costOf } = await create();
    const answer = async (name: string) =>
      String(await costOf(name).catch(error => error)).replaceAll(name, 'NAME');
    const missing = await answer('missing');
    expect(missing).toBe(
      "NotFoundError: There is no entity 'component:default/NAME' that you may see here",
    );
    expect(await answer('foreign')).toBe(missing);
  });

  it('leaves a trace of who asked for what, and how it went', async () => {
    const { registry, costOf, auditor, event } = await create();
    await costOf('mine');
    expect(auditor.createEvent).toHaveBeenLastCalledWith({
      eventId: 'costs-fetch',
      meta: {
        entityRef: 'component:default/mine',
        action: 'get-entity-cost',
        actor: 'user:default/mock',
      },
    });
    expect(event.success).toHaveBeenCalledTimes(1);
    await costOf('foreign').catch(() => {});
    expect(event.fail).toHaveBeenCalledTimes(1);
    await costOf('mine', mockCredentials.service()).catch(() => {});
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        meta: expect.objectContaining({ actor: 'external:test-service' }),
      }),
    );
    expect(event.fail).toHaveBeenCalledTimes(2);
    await registry.invoke({
      id: 'test:get-portfolio',
      input: { by: 'owner', from: '2026-02', to: '2026-03' },
      credentials: mockCredentials.user(),
    });
    expect(auditor.createEvent).toHaveBeenLastCalledWith({
      eventId: 'portfolio-fetch',
      meta: {
        by: 'owner',
        action: 'get-portfolio',
        actor: 'user:default/mock',
      },
    });
  });

  it('refuses services before it asks for anything', async () => {
    const { registry, permissions } = await create();
    await expect(
      registry.invoke({
        id: 'test:get-entity-cost',
        input: {
          entityRef: 'component:default/mine',
          from: '2026-03-01',
          to: '2026-03-21',
        },
        credentials: mockCredentials.service(),
      }),
    ).rejects.toThrow('Plumbline answers signed-in people only');
    expect(permissions.authorizeConditional).not.toHaveBeenCalled();
  });
});
