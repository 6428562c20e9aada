/**
 * Whether no part of a path begins with `.` or `_`: such files are those of tools, not of the export.
 *
 * @internal
 */
export function isVisible(name: string): boolean {
  return name.split('/').every(part => !/^[._]/.test(part));
}
