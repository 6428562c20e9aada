const DAY_MS = 86_400_000;

/**
 * The last day the files hold complete usage for. Providers deliver a day's last lines up to a day late,
 * so a day counts once the files were written 24 hours after its end; the day still growing never does.
 *
 * @param lastUsageDay - newest day with a usage line, days since 1970-01-01
 * @param written - when the newest file was written
 * @internal
 */
export function lastCompleteDay(lastUsageDay: number, written: Date): number {
  const settled = Math.floor(written.getTime() / DAY_MS) - 2;
  return Math.min(lastUsageDay, settled);
}
