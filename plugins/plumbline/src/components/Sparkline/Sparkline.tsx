import styles from './Sparkline.module.css';

const WIDTH = 100;
const HEIGHT = 28;
const PADDING = 2;

/**
 * A line of amounts, oldest first. `undefined` is a day without a figure: the line
 * has a gap there instead of a dip to zero.
 */
export function Sparkline(props: {
  values: (number | undefined)[];
  /** What the line says, for those who cannot see it; without it the line is decoration. */
  label?: string;
  size?: 'small' | 'wide';
}) {
  const { values, label, size = 'wide' } = props;
  const known = values.filter((value): value is number => value !== undefined);
  if (known.length < 2) {
    return null;
  }
  const lowest = Math.min(0, ...known);
  const highest = Math.max(0, ...known);
  const x = (index: number) => (index / (values.length - 1)) * WIDTH;
  const y = (value: number) =>
    HEIGHT -
    PADDING -
    ((value - lowest) / (highest - lowest || 1)) * (HEIGHT - 2 * PADDING);
  const lines = segments(values).map(segment =>
    segment.map(({ index, value }) => `${round(x(index))},${round(y(value))}`),
  );
  return (
    <svg
      className={size === 'wide' ? styles.wide : styles.small}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      {...(label
        ? { role: 'img', 'aria-label': label }
        : { 'aria-hidden': true })}
    >
      {size === 'wide' &&
        lines.map(points => (
          <polygon
            key={`area-${points[0]}`}
            className={styles.area}
            points={[
              `${points[0].split(',')[0]},${round(y(0))}`,
              ...points,
              `${points[points.length - 1].split(',')[0]},${round(y(0))}`,
            ].join(' ')}
          />
        ))}
      {lines.map(points => (
        <polyline
          key={points[0]}
          className={styles.line}
          points={(points.length === 1 ? [points[0], points[0]] : points).join(
            ' ',
          )}
        />
      ))}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function segments(values: (number | undefined)[]) {
  const found: { index: number; value: number }[][] = [];
  values.forEach((value, index) => {
    if (value === undefined) {
      return;
    }
    if (index === 0 || values[index - 1] === undefined) {
      found.push([]);
    }
    found[found.length - 1].push({ index, value });
  });
  return found;
}
