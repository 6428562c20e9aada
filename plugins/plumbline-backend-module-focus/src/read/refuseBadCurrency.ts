import type { Workspace } from './Workspace';

/**
 * Currencies are few once lines are added up, so they are looked at then.
 *
 * @throws Error when one is no currency code; where it stands is for the diagnosis to find
 * @internal
 */
export async function refuseBadCurrency(workspace: Workspace): Promise<void> {
  const bad = await workspace.rows(`
    SELECT currency FROM kind
    WHERE currency IS NULL OR NOT regexp_full_match(currency, '[A-Z][A-Z0-9]{2,15}') LIMIT 1`);
  if (bad.length > 0) {
    throw new Error(`'${bad[0].currency}' is no currency code`);
  }
}
