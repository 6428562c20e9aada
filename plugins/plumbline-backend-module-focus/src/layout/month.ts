/**
 * The billing month that a folder's name stands for, `YYYY-MM`: `BILLING_PERIOD=2026-09` (AWS),
 * `20260901-20260930` (Azure), or plainly `2026-09`.
 *
 * @internal
 */
export function monthOfFolder(folder: string): string | undefined {
  const match =
    /^billing_?period=(\d{4})-(\d{2})(?:-\d{2})?$/i.exec(folder) ??
    /^(\d{4})(\d{2})01-\1\2(?:28|29|30|31)$/.exec(folder) ??
    /^(\d{4})-(\d{2})$/.exec(folder);
  if (!match) {
    return undefined;
  }
  const [, year, month] = match;
  return Number(month) >= 1 && Number(month) <= 12
    ? `${year}-${month}`
    : undefined;
}

/**
 * Whole months from `1970-01` to the month.
 *
 * @internal
 */
export function monthNumber(month: string): number {
  const [year, ordinal] = month.split('-').map(Number);
  return (year - 1970) * 12 + ordinal - 1;
}

/**
 * The month of {@link monthNumber}.
 *
 * @internal
 */
export function monthOfNumber(number: number): string {
  const year = 1970 + Math.floor(number / 12);
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}
