import { ValidationError } from './ValidationError';

/**
 * Where a page begins, and the token of the next one, which is good for the same request only.
 *
 * @internal
 */
export function pageOf(
  request: object,
  asked: string | undefined,
  places: number,
  pageSize: number,
): { from: number; next?: string } {
  const mark = JSON.stringify(request);
  const token = (from: number) =>
    Buffer.from(JSON.stringify({ from, mark })).toString('base64');
  let from = 0;
  if (asked) {
    const known = JSON.parse(Buffer.from(asked, 'base64').toString());
    if (known.mark !== mark) {
      throw new ValidationError('The page token is one of another request');
    }
    from = known.from;
  }
  const end = from + pageSize;
  return { from, next: end < places ? token(end) : undefined };
}
