import { mockCredentials } from '@backstage/backend-test-utils';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type {
  BucketQuery,
  TagKeys,
  UnallocatedCosts,
  UnallocatedQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import type {
  BilledResource,
  BilledService,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  parseBucketSelection,
  parseUnallocatedQuery,
} from '../../../api/request';
import { BindingStore } from '../../../bindings';
import { readBindingsConfig } from '../../../bindings/BindingsConfig';
import { RepositoryLocator } from '../../../bindings/repositories';
import {
  collecting,
  emptyDatabase,
  NOW,
  partition,
  sourceOf,
} from '../../../collect/__testUtils__/collecting';
import type { PlumblineDatabase } from '../../../database';
import { freshSource } from '../../testUtils';
import { DefaultUnallocatedService } from '../DefaultUnallocatedService';

/** Resources of two accounts, with and without tags, and the charges of one that name none. */
export const resources: BilledResource[] = [
  resource('arn:aws:lambda:eu-west-1:1:function:a', '1', { team: 'x' }),
  resource('arn:aws:lambda:eu-west-1:1:function:b', '1', { 'user:team': 'y' }),
  resource('arn:aws:ec2:eu-west-1:2:natgateway/c', '2', {}),
  resource('arn:aws:ec2:eu-west-1:2:instance/d', '2', {
    'a="b"': 'z',
    env: '',
  }),
  resource('', '2', {}),
];

export const services: BilledService[] = [
  { provider: 'AWS', name: 'AWS Lambda' },
  { provider: 'AWS', name: 'Amazon EC2' },
];

function resource(
  resourceId: string,
  accountId: string,
  tags: Record<string, string>,
): BilledResource {
  return { provider: 'AWS', accountId, resourceId, tags };
}

/** A day's usage, in whole units. */
export function usage(
  index: number,
  day: number,
  count: number,
  more: Partial<DailyCost> = {},
): DailyCost {
  return {
    resource: index,
    service: index < 2 ? 0 : 1,
    day,
    currency: 'USD',
    category: 'Usage',
    correction: false,
    effectiveNanos: BigInt(count) * 1_000_000_000n,
    billedNanos: BigInt(count) * 2_000_000_000n,
    ...more,
  };
}

/** A bill that was really collected, and what is said of its buckets. */
export class BucketFixture {
  readonly service: DefaultUnallocatedService;
  readonly #collecting: ReturnType<typeof collecting>;
  #bill = 0;

  private constructor(readonly database: PlumblineDatabase) {
    this.#collecting = collecting(database, { now: () => NOW });
    const config = new ConfigReader({});
    this.service = DefaultUnallocatedService.create({
      database,
      statuses: { getStatuses: async () => [freshSource('fake:bill')] },
      bindings: BindingStore.create({
        database,
        config: readBindingsConfig(
          config,
          RepositoryLocator.fromConfig(config),
        ),
      }),
    });
  }

  static async create(databaseId: TestDatabaseId): Promise<BucketFixture> {
    return new BucketFixture(await emptyDatabase(databaseId));
  }

  /** Collects these rows as the whole bill of each month. */
  async collect(rows: Record<string, DailyCost[]>): Promise<void> {
    this.#bill += 1;
    await this.#collecting.collect(
      sourceOf(
        ...Object.entries(rows).map(([month, charges]) =>
          partition(month, charges, {
            fingerprint: `${month} ${this.#bill}`,
          }).map(batch => {
            if (batch.type === 'resources') {
              return { ...batch, resources };
            }
            return batch.type === 'services' ? { ...batch, services } : batch;
          }),
        ),
      ),
    );
  }

  async rebuild(): Promise<number> {
    return this.#collecting.materializer.rebuild();
  }

  /** Gives a resource to an entity for some days, in place of what was said of it before. */
  async allocate(
    index: number,
    days: { from?: number; to?: number; matchedBy?: string } = {},
    ref = 'component:default/one',
  ): Promise<void> {
    const { knex } = this.database;
    await knex('entity')
      .insert({ ref, kind: 'component', first_seen_at: NOW })
      .onConflict('ref')
      .ignore();
    const entity = await knex('entity').where({ ref }).first('id');
    const id = await this.resourceId(index);
    await knex('allocation').where({ resource_id: id }).delete();
    await knex('allocation').insert({
      resource_id: id,
      entity_id: entity.id,
      environment_id: 1,
      from_day: days.from ?? -2147483648,
      to_day: days.to ?? 2147483647,
      matched_by: days.matchedBy ?? 'arn',
    });
    await this.bindingsChanged();
  }

  async bindingsChanged(): Promise<void> {
    const { knex } = this.database;
    await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .update({ value: knex.raw('cast(cast(value as integer) + 1 as text)') });
  }

  async resourceId(index: number): Promise<number> {
    const { resourceId, accountId } = resources[index];
    const row = await this.database
      .knex('resource')
      .join('account', 'account.id', 'resource.account_id')
      .where({
        'resource.native_id': resourceId,
        'account.native_id': accountId,
      })
      .first('resource.id');
    return row.id;
  }

  async costs(
    query: Omit<UnallocatedQuery, 'limit'> & { limit?: string },
  ): Promise<UnallocatedCosts> {
    return this.service.getCosts({
      query: parseUnallocatedQuery(query),
      credentials: mockCredentials.user(),
    });
  }

  async tagKeys(query: BucketQuery): Promise<TagKeys> {
    return this.service.getTagKeys({
      query: parseBucketSelection(query),
      credentials: mockCredentials.user(),
    });
  }
}
