import type {
  Expression,
  GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { DetailKey } from '../config';

/** @internal */
export const BY_ACCOUNT: GroupDefinition = {
  Type: 'DIMENSION',
  Key: 'LINKED_ACCOUNT',
};
/** @internal */
export const BY_RECORD_TYPE: GroupDefinition = {
  Type: 'DIMENSION',
  Key: 'RECORD_TYPE',
};
/** @internal */
export const BY_SERVICE: GroupDefinition = {
  Type: 'DIMENSION',
  Key: 'SERVICE',
};

/** @internal */
export function byDetail({ type, key }: DetailKey): GroupDefinition {
  return { Type: type === 'tag' ? 'TAG' : 'COST_CATEGORY', Key: key };
}

/** @internal */
export function ofAccounts(accounts: string[]): Expression {
  return { Dimensions: { Key: 'LINKED_ACCOUNT', Values: accounts } };
}

/** @internal */
export function ofRecordTypes(recordTypes: string[]): Expression {
  return { Dimensions: { Key: 'RECORD_TYPE', Values: recordTypes } };
}

/** All of these; Cost Explorer refuses an `And` of one. @internal */
export function all(
  ...parts: Array<Expression | undefined>
): Expression | undefined {
  const given = parts.filter(part => part !== undefined);
  return given.length > 1 ? { And: given } : given[0];
}
