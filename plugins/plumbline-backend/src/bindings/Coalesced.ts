interface Round<T> {
  result: Promise<T>;
  controller: AbortController;
  waiting: number;
}

/**
 * Runs one piece of work at a time. Calls that come meanwhile share one further round, which starts when the
 * present one has ended. A round is aborted when nobody waits for it any more.
 *
 * @internal
 */
export class Coalesced<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>;
  #running: Round<T> | undefined;
  #next: Round<T> | undefined;

  static create<T>(work: (signal: AbortSignal) => Promise<T>): Coalesced<T> {
    return new Coalesced(work);
  }

  private constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  async run(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const round = this.#join();
    const leave = () => {
      round.waiting -= 1;
      if (round.waiting === 0) {
        round.controller.abort(signal?.reason);
      }
    };
    round.waiting += 1;
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await round.result;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #join(): Round<T> {
    if (!this.#running) {
      this.#running = this.#start(Promise.resolve());
      return this.#running;
    }
    this.#next ??= this.#start(this.#running.result);
    return this.#next;
  }

  #start(after: Promise<unknown>): Round<T> {
    const controller = new AbortController();
    const round: Round<T> = {
      controller,
      waiting: 0,
      // How the round before ended is the business of those who waited for it.
      result: after
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          if (this.#next === round) {
            this.#running = round;
            this.#next = undefined;
          }
          return this.#work(controller.signal);
        })
        .finally(() => {
          if (this.#running === round && !this.#next) {
            this.#running = undefined;
          }
        }),
    };
    return round;
  }
}
