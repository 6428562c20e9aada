/**
 * Text from outside, made fit for a database column and a sentence: without control characters and halves of
 * characters, cut to a length.
 */
export function plainText(text: string, maxLength: number): string {
  const clean = Buffer.from(text.replace(/\p{Cc}/gu, ' '), 'utf8').toString();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}
