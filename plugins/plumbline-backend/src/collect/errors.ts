import { CustomErrorBase, isError } from '@backstage/errors';

/** A source said something its contract forbids. Trying again would not help. @internal */
export class SourceContractError extends CustomErrorBase {
  name = 'SourceContractError' as const;
}

const LASTING_ERRORS = new Set([
  'AuthenticationError',
  'NotAllowedError',
  'InputError',
  'SourceContractError',
  'RowAmountError',
  'BudgetExhaustedError',
  'LostTicketError',
]);

/** Whether trying again in a while may help. By name: a module may bring its own copy of the classes. @internal */
export function canPass(error: unknown): boolean {
  return !(isError(error) && LASTING_ERRORS.has(error.name));
}
