/**
 * A request that Cost Explorer refuses.
 *
 * @internal
 */
export class ValidationError extends Error {
  name = 'ValidationException' as const;
}
