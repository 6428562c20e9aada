/**
 * Writes a resource id so that equal resources have equal ids: Azure's are compared without case (its exports
 * lower-case them), every other as it is written (ARNs are case-sensitive).
 */
export function canonicalResourceId(id: string): string {
  return /^\/(subscriptions|providers)\//i.test(id) ? id.toLowerCase() : id;
}

/**
 * Writes an account id so that equal accounts have equal ids: an AWS account gets back the zeros a spreadsheet
 * took from it, an Azure subscription is its GUID in lower case.
 */
export function canonicalAccountId(id: string): string {
  const trimmed = id.trim();
  if (/^\d{1,12}$/.test(trimmed)) {
    return trimmed.padStart(12, '0');
  }
  const subscription = /^\/subscriptions\/([^/]+)\/?$/i.exec(trimmed);
  return (subscription?.[1] ?? trimmed).toLowerCase();
}
