/** What every suite is run with. */
export interface BenchOptions {
  /** Data to work on; made by the suite where absent. */
  data?: string;
}

/** One measured figure. */
export interface Figure {
  /** Such as `ingest.ratio.sqlite`. */
  name: string;
  value: number;
  /** Such as `×`, `ms` or `MiB`. */
  unit: string;
  /** What it is measured against, or the value it should not exceed, in words. */
  against: string;
}

/** Prints a figure as a line of JSON. */
export function report(figure: Figure): void {
  process.stdout.write(
    `${JSON.stringify({
      ...figure,
      value: Math.round(figure.value * 1000) / 1000,
    })}\n`,
  );
}

/** What goes on, for a person who waits; figures alone go to stdout. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
