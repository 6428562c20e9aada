/**
 * Moves this process's clock, so that an old bill lies within the months that are kept.
 *
 * @returns puts it back
 */
export function moveClock(to: Date): () => void {
  const RealDate = Date;
  const offset = to.getTime() - RealDate.now();
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length > 0 ? args : [RealDate.now() + offset],
        newTarget,
      ),
    get: (target, property, receiver) =>
      property === 'now'
        ? () => RealDate.now() + offset
        : Reflect.get(target, property, receiver),
  });
  return () => {
    globalThis.Date = RealDate;
  };
}
