import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { testDatabases } from '../../collect/__testUtils__/collecting';
import { dayFromText } from '../../database';
import {
  collectingUsage,
  usagePartition,
  usageSource,
} from '../../usage/__testUtils__/usage';
import { RuleStore } from '../split/RuleStore';
import type { Rule } from '../split/types';
import { StatementsFixture } from './__testUtils__/StatementsFixture';

jest.setTimeout(60_000);

const JAN = '2026-01';
const platform = toEntityRef('component:default/platform');
const shop = toEntityRef('component:default/shop');
const blog = toEntityRef('component:default/blog');

const rule: Rule = {
  kind: 'share',
  entityRef: platform,
  by: 'usage',
  metric: 'requests',
  consumers: [shop, blog].map(entityRef => ({ entityRef, weight: '1' })),
  origin: { kind: 'operator' },
};
const why = `The cost of '${platform}' is shared out by its 'requests'.`;

describe.each(testDatabases.eachSupportedId())(
  'a month whose cost is shared out by usage, on %s',
  databaseId => {
    async function setUp(rules: readonly Rule[] = [rule]) {
      const fixture = await StatementsFixture.create(databaseId);
      for (const ref of [platform, shop, blog]) {
        await fixture.addEntity(ref);
      }
      fixture.give('a', platform);
      await RuleStore.create(fixture).replace(
        rules,
        new Date('2025-01-01T00:00:00Z'),
      );
      await fixture.deliver({
        month: JAN,
        charges: [{ resource: 'a', effective: 30n }],
      });
      const { collect } = collectingUsage(fixture.database, fixture.now);
      return {
        fixture,
        tell: (
          id: string,
          usage: Parameters<typeof usagePartition>[2],
          metric = 'requests',
        ) => collect(usageSource(usagePartition(JAN, metric, usage), id)),
        fail: (id: string) =>
          collect({
            ...usageSource([], id),
            collect: () => {
              throw new Error('no answer');
            },
          }),
        run: async () => {
          await fixture.task().run();
          const closed = await fixture.closed.closedAt(JAN);
          const [open] = await fixture.open().list();
          return closed ? 'closed' : open.obstacles;
        },
      };
    }

    it('waits for the metrics to be told to its end, and is closed with them', async () => {
      const { fixture, tell, run } = await setUp();
      const through = (day: string) =>
        tell('csv:requests', {
          [shop]: { '2026-01-01': '1', [day]: '1' },
          [blog]: { '2026-01-01': '1', [day]: '0' },
        });
      await through('2026-01-20');
      // What is measured for others is not waited for.
      await tell('csv:orders', { [shop]: { '2026-01-02': '1' } }, 'orders');
      await tell('csv:other', { 'component:default/x': { '2026-01-02': '1' } });
      expect(await run()).toEqual([
        `The data of source 'csv:requests' ends on 2026-01-20. ${why}`,
      ]);
      await through('2026-01-31');
      expect(await run()).toBe('closed');
      expect(await fixture.stated(JAN)).toEqual({
        [`${shop} USD`]: '0.00000002',
        [`${blog} USD`]: '0.00000001',
      });
    });

    it('waits for a source of theirs whose last run failed, or that was never read', async () => {
      const { tell, fail, run } = await setUp();
      const told = {
        [shop]: { '2026-01-31': '1' },
        [blog]: { '2026-01-31': '1' },
      };
      await fail('prometheus:shop');
      expect(await run()).toEqual([
        `Source 'prometheus:shop' has never delivered anything. ${why}`,
      ]);
      await tell('prometheus:shop', told);
      await fail('prometheus:shop');
      expect(await run()).toEqual([
        `The last run of source 'prometheus:shop' failed. ${why}`,
      ]);
      await tell('prometheus:shop', told);
      // Another one that fails has never told anything of these.
      await fail('csv:other');
      expect(await run()).toBe('closed');
    });

    it('does not wait where every source was read and nobody tells the metric', async () => {
      const { fixture, tell, run } = await setUp();
      await tell('csv:orders', { [shop]: { '2026-01-02': '1' } }, 'orders');
      expect(await run()).toBe('closed');
      expect(await fixture.stated(JAN)).toEqual({
        [`${platform} USD`]: '0.00000003',
      });
    });

    it('waits for no metrics where nothing is shared out by them, or not in this month', async () => {
      for (const rules of [
        [{ ...rule, by: 'equal' as const }],
        [{ ...rule, to: dayFromText('2026-01-01') }],
      ]) {
        const { fail, run } = await setUp(rules);
        await fail('csv:requests');
        expect(await run()).toBe('closed');
      }
    });
  },
);
