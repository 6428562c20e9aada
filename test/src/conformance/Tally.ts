/** Counts what is as expected, and prints a line for each that is not. */
export class Tally {
  private passed = 0;
  private failed = 0;

  constructor(private readonly print: (text: string) => void) {}

  check(holds: boolean, deviation: string): void {
    if (holds) {
      this.passed += 1;
    } else {
      this.failed += 1;
      this.print(deviation);
    }
  }

  /** Prints the count. @returns whether something was looked at and all of it passed */
  close(): boolean {
    this.print(`${this.passed} passed, ${this.failed} failed`);
    return this.passed > 0 && this.failed === 0;
  }
}
