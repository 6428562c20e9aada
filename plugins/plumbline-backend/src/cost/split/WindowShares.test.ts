import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { databases } from '../../bindings/__testUtils__/BindingsFixture';
import { nanosToDecimal } from '../../database';
import { EntityStore } from '../../permissions';
import { CostStore } from '../CostStore';
import {
  FIRST,
  line,
  SharingFixture,
  units,
} from './__testUtils__/SharingFixture';
import { ShareStore } from './ShareStore';

jest.setTimeout(120_000);

/** One shares with two, three and itself; taxes are spread. */
const RULES = {
  shares: [
    {
      entity: 'component:default/one',
      by: 'fixed',
      consumers: [
        { entity: 'component:default/one', weight: 2 },
        { entity: 'component:default/two', weight: 3 },
        { entity: 'component:default/three', weight: 5 },
      ],
      from: '2026-02-01',
    },
  ],
  split: [
    {
      name: 'taxes',
      match: { categories: ['Tax'] },
      spread: 'proportional',
      from: '2026-02-01',
    },
  ],
};

const firstDays = { from: FIRST, to: FIRST + 4 };
const later = { from: FIRST + 4, to: FIRST + 28 };
const february = { from: FIRST, to: FIRST + 28 };

describe.each(databases.eachSupportedId())(
  'shares in a window on %s',
  databaseId => {
    async function setUp() {
      const fixture = await SharingFixture.create(databaseId, RULES);
      const { database } = fixture;
      await fixture.deliver(
        line('a', units(20)),
        line('a', units(30), {
          day: FIRST + 9,
          service: 1,
          billedNanos: units(60),
        }),
        line('b', units(10)),
        line('', units(6), { category: 'Tax' }),
      );
      const shares = ShareStore.create({ database });
      const entities = EntityStore.create({ database });
      const idOf = async (name: string) =>
        (await entities.getByRef(toEntityRef(`component:default/${name}`)))
          ?.id ?? -1;
      const sharesOf = async (
        name: string,
        window = february,
        basis: 'effective' | 'billed' = 'effective',
        environmentId?: number,
      ) =>
        (
          await shares.getShares({
            entityId: await idOf(name),
            window,
            basis,
            ...(environmentId !== undefined && { environmentId }),
          })
        ).map(
          ({ direction, amount, partner, weight, wholeMonth }) =>
            `${direction} ${amount}: ${
              partner?.entityRef ?? partner?.bucket ?? '-'
            } ${weight?.part}/${weight?.of}${wholeMonth ? ' whole month' : ''}`,
        );
      const figureOf = async (name: string, window = february) => {
        const sums = await CostStore.create({ database }).sum({
          entityIds: [await idOf(name)],
          window,
          per: 'window',
          by: ['currency'],
        });
        return nanosToDecimal(
          sums.reduce((sum, { effective }) => sum + effective, 0n),
        );
      };
      return { sharesOf, figureOf, knex: database.knex };
    }

    it('are those of its days, as the figure is', async () => {
      const { sharesOf, figureOf } = await setUp();
      expect(await sharesOf('three')).toEqual([
        'received 25: component:default/one 5/10',
      ]);
      expect(await sharesOf('three', firstDays)).toEqual([
        'received 10: component:default/one 5/10',
      ]);
      expect(await figureOf('three', firstDays)).toBe('10');
      expect(await sharesOf('three', later)).toEqual([
        'received 15: component:default/one 5/10',
      ]);
      expect(await figureOf('three', later)).toBe('15');
      expect(await sharesOf('two', later)).toEqual([
        'received 9: component:default/one 3/10',
      ]);
      expect(await sharesOf('three', later, 'billed')).toEqual([
        'received 30: component:default/one 5/10',
      ]);
    });

    it('have the whole month of what stayed, and say so', async () => {
      const { sharesOf } = await setUp();
      expect(await sharesOf('one', later)).toEqual([
        'given 15: component:default/three 5/10',
        'given 9: component:default/two 3/10',
        'kept 10: - 2/10 whole month',
      ]);
      expect(await sharesOf('one')).toContain('kept 10: - 2/10');
    });

    it('count a month whole of which the window has all charges', async () => {
      const { sharesOf } = await setUp();
      expect(await sharesOf('one', { from: FIRST, to: FIRST + 10 })).toContain(
        'kept 10: - 2/10',
      );
    });

    it('count those of an environment', async () => {
      const { sharesOf, knex } = await setUp();
      const [{ environment_id: environment }] = await knex(
        'entity_share_daily',
      ).distinct('environment_id');
      expect(
        await sharesOf('three', firstDays, 'effective', environment),
      ).toEqual(['received 10: component:default/one 5/10']);
      expect(
        await sharesOf('three', firstDays, 'effective', environment + 1000),
      ).toEqual([]);
    });

    it('are of whole months where days were not kept or are forgotten, and say so', async () => {
      const whole = ['received 25: component:default/one 5/10 whole month'];
      const { sharesOf, knex } = await setUp();
      await knex('cost_partition').update({ resource_generation: null });
      expect(await sharesOf('three', firstDays)).toEqual(whole);
      const other = await setUp();
      await other.knex('entity_share_daily').delete();
      await other.knex('entity_share_monthly').update({ dated: null });
      expect(await other.sharesOf('three', firstDays)).toEqual(whole);
      expect(await other.sharesOf('three')).toEqual([
        'received 25: component:default/one 5/10',
      ]);
    });

    it('follow the figure where parts are dated to the first of the month', async () => {
      const { sharesOf, knex } = await setUp();
      // As it is done above two million parts.
      await knex('entity_share_monthly').update({ dated: 0 });
      await knex('entity_share_daily')
        .where({ day: FIRST + 9 })
        .update({ day: FIRST });
      expect(await sharesOf('three', firstDays)).toEqual([
        'received 25: component:default/one 5/10',
      ]);
      expect(await sharesOf('three', later)).toEqual([]);
      expect(await sharesOf('one', firstDays)).toContain(
        'given 25: component:default/three 5/10 whole month',
      );
    });
  },
);
