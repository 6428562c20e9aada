import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * A ratio as a change in per cent: `0.12` gives `+12 %`, `-0.034` gives `-3.4 %`.
 * Below 10 % one digit is kept.
 */
export function formatChange(ratio: DecimalString): string {
  return format(ratio, 'exceptZero');
}

/** A share as per cent: `0.75` gives `75 %`; what would round to nothing is `< 0.1 %`. */
export function formatShare(ratio: DecimalString | number): string {
  const share = Math.abs(Number(ratio));
  if (share > 0 && share < 0.001) {
    return '< 0.1\u00a0%';
  }
  return format(ratio, 'negative');
}

function format(
  ratio: DecimalString | number,
  signDisplay: 'exceptZero' | 'negative',
): string {
  const percent = Number(ratio) * 100;
  const text = new Intl.NumberFormat('en-US', {
    maximumFractionDigits: Math.abs(percent) < 10 ? 1 : 0,
    signDisplay,
  }).format(percent);
  return `${text}\u00a0%`;
}
