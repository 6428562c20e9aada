import { DemoBackend } from './DemoBackend';

/** What Plumbline found out about one billed resource. */
export interface FoundResource {
  id: string;
  account: string;
  entity: string | null;
  environment: string | null;
  matchedBy: string | null;
  proof: string | null;
}

/**
 * Lets Plumbline import the demo's bills beside the demo's catalog, as the demo portal does, and reads who got
 * what.
 *
 * @param directory - an export of `exportBilling`
 */
export async function importDemo(directory: string): Promise<FoundResource[]> {
  const demo = await DemoBackend.start({ directory });
  try {
    await demo.collect();
    return await demo
      .knex('resource as r')
      .join('account as c', 'c.id', 'r.account_id')
      .leftJoin('allocation as a', 'a.resource_id', 'r.id')
      .leftJoin('entity as e', 'e.id', 'a.entity_id')
      .leftJoin('environment as v', 'v.id', 'a.environment_id')
      .leftJoin('binding as b', join =>
        join
          .on('b.resource_id', 'r.id')
          .on('b.entity_id', 'a.entity_id')
          .onNull('b.valid_to'),
      )
      .whereNot('r.native_id', '')
      .select(
        'r.native_id as id',
        'c.native_id as account',
        'e.ref as entity',
        'v.name as environment',
        'a.matched_by as matchedBy',
        'b.proof as proof',
      );
  } finally {
    await demo.stop();
  }
}
