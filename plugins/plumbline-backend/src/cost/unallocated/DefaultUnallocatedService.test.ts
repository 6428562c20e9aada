import type {
  UnallocatedCosts,
  UnallocatedGroupBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import { testDatabases } from '../../collect/__testUtils__/collecting';
import { dayToText, firstDayOfMonth } from '../../database';
import { BucketFixture, usage } from './__testUtils__/BucketFixture';

jest.setTimeout(120_000);

const first = firstDayOfMonth('2026-02');
const february = {
  bucket: 'unallocated',
  from: '2026-02-01',
  to: '2026-03-01',
} as const;

const everyDay = (index: number, count: number) =>
  Array.from({ length: 28 }, (_, day) => usage(index, first + day, count));

/** Label, total and number of resources of each group. */
const read = ({ groups }: UnallocatedCosts) =>
  groups.map(({ label, total, resources }) => [label, total, resources]);

describe.each(testDatabases.eachSupportedId())(
  'what belongs to no entity, on %s',
  databaseId => {
    async function withFebruary() {
      const fixture = await BucketFixture.create(databaseId);
      await fixture.collect({
        '2026-02': [
          ...everyDay(0, 1),
          ...everyDay(1, 2),
          ...everyDay(2, 3),
          ...everyDay(3, 4),
          usage(4, first, 5),
          usage(4, first, 7, { category: 'Tax' }),
          usage(3, first, 11, { commitment: 'Unused' }),
          usage(0, first, -3, { category: 'Credit' }),
        ],
      });
      return fixture;
    }

    it('is broken down by account, then service, then tag, then resource', async () => {
      const fixture = await withFebruary();
      const accounts = await fixture.costs(february);
      expect(accounts).toMatchObject({
        currencies: [{ currency: 'USD', total: '285' }],
        currency: 'USD',
        total: '285',
        resources: 5,
        groupCount: 2,
      });
      expect(accounts.withoutDetail).toBeUndefined();
      expect(read(accounts)).toEqual([
        ['2', '201', 3],
        ['1', '84', 2],
      ]);
      expect(accounts.groups[0]).toMatchObject({
        share: '0.705263',
        filters: { account: '2' },
      });

      const inAccount = { ...february, account: '1' };
      expect(
        read(await fixture.costs({ ...inAccount, groupBy: 'service' })),
      ).toEqual([['AWS Lambda', '84', 2]]);
      const tags = await fixture.costs({
        ...inAccount,
        service: 'AWS Lambda',
        groupBy: 'tag',
        tagKey: 'team',
      });
      // A key is the same with AWS's prefix and without.
      expect(read(tags)).toEqual([
        ['y', '56', 1],
        ['x', '28', 1],
      ]);
      const found = await fixture.costs({
        ...inAccount,
        ...tags.groups[0].filters,
        groupBy: 'resource',
      });
      expect(found.groups).toEqual([
        expect.objectContaining({
          key: String(await fixture.resourceId(1)),
          total: '56',
          detail: {
            provider: 'AWS',
            accountId: '1',
            resourceId: 'arn:aws:lambda:eu-west-1:1:function:b',
          },
        }),
      ]);
    });

    it('has what is untagged as a group of its own, whatever the key looks like', async () => {
      const fixture = await withFebruary();
      const byTag = (tagKey?: string) =>
        fixture.costs({ ...february, groupBy: 'tag', tagKey });
      const byTeam = await byTag('team');
      expect(read(byTeam)).toEqual([
        ['Without the tag team', '201', 3],
        ['y', '56', 1],
        ['x', '28', 1],
      ]);
      expect(byTeam.groups[0]).toMatchObject({
        kind: 'untagged',
        filters: { tag: 'team=' },
      });
      // A tag without a value says as little as none.
      expect(read(await byTag('env'))).toEqual([
        ['Without the tag env', '285', 5],
      ]);
      const strange = await byTag('a="b"');
      expect(read(strange)).toEqual([
        ['Without the tag a="b"', '173', 4],
        ['z', '112', 1],
      ]);
      expect(strange.groups[1].filters).toEqual({ tag: 'a%3D"b"=z' });
      expect(
        await fixture.costs({ ...february, ...strange.groups[1].filters }),
      ).toMatchObject({ total: '112' });

      const any = await byTag();
      expect(read(any)).toEqual([
        ['With tags', '196', 3],
        ['Without any tag', '89', 2],
      ]);
      for (const group of any.groups) {
        expect(
          await fixture.costs({ ...february, ...group.filters }),
        ).toMatchObject({ total: group.total, resources: group.resources });
      }
      expect(await fixture.tagKeys(february)).toEqual({
        currency: 'USD',
        total: '285',
        items: [
          { key: 'a="b"', total: '112', share: '0.392982', resources: 1 },
          { key: 'team', total: '84', share: '0.294737', resources: 2 },
        ],
      });
    });

    it('shows what is shared by category, and unused commitments as waste', async () => {
      const fixture = await withFebruary();
      const shared = { ...february, bucket: 'shared' } as const;
      const categories = await fixture.costs({
        ...shared,
        groupBy: 'category',
      });
      expect(categories).toMatchObject({ total: '15', resources: 3 });
      expect(read(categories)).toEqual([
        ['Commitments that nobody used', '11', 1],
        ['Tax', '7', 1],
        ['Credit', '-3', 1],
      ]);
      expect(categories.groups[0]).toMatchObject({
        kind: 'waste',
        filters: { category: 'waste' },
      });
      expect(
        read(
          await fixture.costs({
            ...shared,
            category: 'waste',
            groupBy: 'resource',
          }),
        ),
      ).toEqual([['arn:aws:ec2:eu-west-1:2:instance/d', '11', 1]]);
    });

    it('counts only the days on which a resource belonged to nobody', async () => {
      const fixture = await withFebruary();
      await fixture.allocate(1, { from: first + 10 });
      await fixture.allocate(2, { to: first + 20 });
      await fixture.allocate(3, { matchedBy: 'account' });
      expect(await fixture.rebuild()).toBe(1);
      const groups = await fixture.costs({ ...february, groupBy: 'resource' });
      expect(groups.currencies).toEqual([{ currency: 'USD', total: '77' }]);
      expect(groups.withoutDetail).toBeUndefined();
      expect(groups.groups.map(({ total }) => total)).toEqual([
        '28',
        '24',
        '20',
        '5',
      ]);
      // Whoever has the rest of an account gets its usage, never its commitments.
      expect(
        await fixture.costs({ ...february, bucket: 'shared' }),
      ).toMatchObject({ total: '15' });
      expect(
        await fixture.costs({
          ...february,
          from: dayToText(first + 10),
          to: dayToText(first + 20),
          groupBy: 'resource',
        }),
      ).toMatchObject({ total: '10', resources: 1 });
    });

    it('compares the complete days with as many before them', async () => {
      const fixture = await BucketFixture.create(databaseId);
      await fixture.collect({
        '2026-01': Array.from({ length: 31 }, (_, day) =>
          usage(0, firstDayOfMonth('2026-01') + day, 2),
        ),
        '2026-02': [...everyDay(0, 3), ...everyDay(2, 1)],
      });
      const costs = await fixture.costs({
        ...february,
        from: '2026-02-01',
        to: '2026-02-11',
      });
      expect(costs).toMatchObject({
        total: '40',
        comparison: {
          from: '2026-01-22',
          to: '2026-02-01',
          total: '20',
          change: '1',
        },
      });
      expect(costs.groups.map(({ change }) => change)).toEqual([
        '0.5',
        undefined,
      ]);
      const longer = await fixture.costs({ ...february, to: '2026-03-05' });
      expect(longer).toMatchObject({
        total: '112',
        incompleteFrom: '2026-03-01',
        comparison: { from: '2026-01-04', total: '56', change: '1' },
      });
    });

    it('gives page by page what is costly first, and finds by name', async () => {
      const fixture = await withFebruary();
      const page = (cursor?: string) =>
        fixture.costs({
          ...february,
          groupBy: 'resource',
          limit: '2',
          ...(cursor && { cursor }),
        });
      const one = await page();
      expect(one).toMatchObject({ groupCount: 5, nextCursor: '2' });
      const two = await page(one.nextCursor);
      const three = await page(two.nextCursor);
      expect(three.nextCursor).toBeUndefined();
      expect(
        [one, two, three].flatMap(({ groups }) =>
          groups.map(({ total }) => total),
        ),
      ).toEqual(['112', '84', '56', '28', '5']);
      const found = await fixture.costs({
        ...february,
        groupBy: 'resource',
        search: 'NATGATEWAY/C',
      });
      expect(found).toMatchObject({ total: '84', groupCount: 1 });
      expect(await fixture.costs({ ...february, search: '%' })).toMatchObject({
        total: '0',
        groupCount: 0,
      });
    });

    it('keeps currencies apart', async () => {
      const fixture = await BucketFixture.create(databaseId);
      await fixture.collect({
        '2026-02': [...everyDay(0, 1), usage(1, first, 3, { currency: 'EUR' })],
      });
      expect(await fixture.costs(february)).toMatchObject({
        currencies: [
          { currency: 'USD', total: '28' },
          { currency: 'EUR', total: '3' },
        ],
        currency: 'USD',
        total: '28',
      });
      expect(
        await fixture.costs({ ...february, currency: 'EUR', basis: 'billed' }),
      ).toMatchObject({ currency: 'EUR', total: '6', resources: 1 });
      expect(
        await fixture.costs({ ...february, currency: 'JPY' }),
      ).toMatchObject({ currency: 'JPY', total: '0', groups: [] });
    });

    it('says nothing was left where everything has an owner, and that nothing is known where there is no bill', async () => {
      const fixture = await BucketFixture.create(databaseId);
      const empty = await fixture.costs(february);
      expect(empty).toMatchObject({ total: '0', currencies: [], groups: [] });
      expect(empty.freshness.dataThrough).toBeUndefined();
      await fixture.collect({ '2026-02': everyDay(0, 1) });
      await fixture.allocate(0);
      await fixture.rebuild();
      const owned = await fixture.costs(february);
      expect(owned).toMatchObject({ total: '0', currencies: [], missing: [] });
      expect(owned.freshness.dataThrough).toBe('2026-02-28');
    });

    it('says how much has no detail, where rows were made before there was any', async () => {
      const fixture = await withFebruary();
      await fixture.database.knex('bucket_cost').delete();
      expect(await fixture.costs(february)).toMatchObject({
        currencies: [{ currency: 'USD', total: '285' }],
        total: '0',
        withoutDetail: '285',
        groups: [],
      });
    });

    it('counts no source that is no longer set up', async () => {
      const fixture = await withFebruary();
      await fixture.database.knex('source').update({ retired_at: new Date() });
      for (const groupBy of ['account', 'service'] as UnallocatedGroupBy[]) {
        expect(await fixture.costs({ ...february, groupBy })).toMatchObject({
          total: '0',
          groups: [],
        });
      }
    });
  },
);
