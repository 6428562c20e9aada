import type {
  ChargeCategory,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { Workspace } from './Workspace';

/** FOCUS's categories of charges. @internal */
export const CATEGORIES: ChargeCategory[] = [
  'Usage',
  'Purchase',
  'Tax',
  'Credit',
  'Adjustment',
];

/** What rows have in common that differ in resource, service, day and amount only. @internal */
export type ChargeKind = Pick<
  DailyCost,
  'currency' | 'category' | 'correction' | 'commitment'
>;

/**
 * The kinds of charges in the aggregated tables, by their number.
 *
 * @internal
 */
export async function kindsOf(workspace: Workspace): Promise<ChargeKind[]> {
  const rows = await workspace.rows('SELECT * FROM kind ORDER BY id');
  return rows.map(row => ({
    currency: String(row.currency),
    category: categoryOf(String(row.category)),
    correction: row.correction === true,
    commitment: commitmentOf(String(row.commitment)),
  }));
}

function categoryOf(text: string): ChargeCategory {
  const found = CATEGORIES.find(
    category => category.toLowerCase() === text.toLowerCase(),
  );
  return found ?? 'Adjustment';
}

function commitmentOf(text: string): DailyCost['commitment'] {
  if (text === 'used') {
    return 'Used';
  }
  return text === 'unused' ? 'Unused' : undefined;
}
