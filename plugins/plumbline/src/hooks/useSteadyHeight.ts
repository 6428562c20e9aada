import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Remembers how tall a part was when it last had its content, so that what stands there
 * while other content is loaded is as tall and the page does not jump.
 *
 * @param settled - whether the content is there now
 * @returns the reference of the part, and its height as CSS where one is known
 */
export function useSteadyHeight(settled: boolean): {
  ref: RefObject<HTMLDivElement>;
  height: string | undefined;
} {
  const ref = useRef<HTMLDivElement>(null);
  const last = useRef<number>();
  useLayoutEffect(() => {
    if (settled && ref.current) {
      last.current = ref.current.offsetHeight;
    }
  });
  return { ref, height: last.current ? `${last.current}px` : undefined };
}
