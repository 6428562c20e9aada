import type {
  Expression,
  GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import { activeTags, type BillCharge, type CostExplorerBill } from './bill';
import { ValidationError } from './ValidationError';

type Test = (charge: BillCharge) => boolean;

const DIMENSIONS: Record<string, (charge: BillCharge) => string> = {
  LINKED_ACCOUNT: ({ account }) => account,
  SERVICE: ({ service }) => service,
  RECORD_TYPE: ({ recordType }) => recordType ?? 'Usage',
};

/**
 * What an expression selects, as strict as Cost Explorer is: one root, and at least two parts of `And` and `Or`.
 *
 * @throws ValidationError
 * @internal
 */
export function testOf(
  expression: Expression | undefined,
  bill: CostExplorerBill,
): Test {
  if (!expression) {
    return () => true;
  }
  const roots = Object.keys(expression);
  if (roots.length !== 1) {
    throw new ValidationError(
      `An expression has one root, not '${roots.join(', ')}'`,
    );
  }
  const { And, Or, Not, Dimensions, Tags, CostCategories } = expression;
  if (And || Or) {
    const parts = (And ?? Or ?? []).map(part => testOf(part, bill));
    if (parts.length < 2) {
      throw new ValidationError(`${roots[0]} has less than two parts`);
    }
    return And
      ? charge => parts.every(part => part(charge))
      : charge => parts.some(part => part(charge));
  }
  if (Not) {
    const part = testOf(Not, bill);
    return charge => !part(charge);
  }
  const {
    Key = '',
    Values = [],
    MatchOptions,
  } = Dimensions ?? Tags ?? CostCategories ?? {};
  if (MatchOptions) {
    throw new ValidationError('This endpoint knows no MatchOptions');
  }
  if (Values.length === 0) {
    throw new ValidationError(`The filter by ${Key} has no values`);
  }
  const valueOf = valueBy(
    {
      Type: (Dimensions && 'DIMENSION') ?? (Tags ? 'TAG' : 'COST_CATEGORY'),
      Key,
    },
    bill,
  );
  const values = new Set(Values);
  return charge => values.has(valueOf(charge));
}

/**
 * The value that a charge has of what is grouped or filtered by; empty where it has none.
 *
 * @throws ValidationError where nothing can be grouped by it
 * @internal
 */
export function valueBy(
  { Type, Key = '' }: GroupDefinition,
  bill: CostExplorerBill,
): (charge: BillCharge) => string {
  switch (Type) {
    case 'DIMENSION':
      if (!DIMENSIONS[Key]) {
        throw new ValidationError(`This endpoint knows no dimension '${Key}'`);
      }
      return DIMENSIONS[Key];
    case 'TAG': {
      const isActive = activeTags(bill).includes(Key);
      return ({ tags }) => (isActive && tags?.[Key]) || '';
    }
    case 'COST_CATEGORY':
      return ({ costCategories }) => costCategories?.[Key] ?? '';
    default:
      throw new ValidationError(`There is no type '${Type}' of groups`);
  }
}
