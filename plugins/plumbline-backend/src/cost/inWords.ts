const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** The day of an ISO date or instant as people write it, such as `21 November 2026`. @internal */
export function inWords(date: string): string {
  return DAY.format(new Date(date));
}
