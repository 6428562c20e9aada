import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  parseCostSelection,
  writeCostSelection,
  defaultGranularity,
  type CostSelection,
} from './costSelection';

/**
 * The selection of the URL. Every change is a step of its own in the browser's history,
 * so that "back" undoes it.
 */
export function useCostSelection(): {
  selection: CostSelection;
  select: (change: Partial<CostSelection>) => void;
} {
  const [params, setParams] = useSearchParams();
  const selection = useMemo(() => parseCostSelection(params), [params]);
  const select = useCallback(
    (change: Partial<CostSelection>) =>
      setParams(before => {
        const next = { ...parseCostSelection(before), ...change };
        if (change.window && !change.granularity) {
          next.granularity = defaultGranularity(change.window);
        }
        return writeCostSelection(next, before);
      }),
    [setParams],
  );
  return { selection, select };
}
