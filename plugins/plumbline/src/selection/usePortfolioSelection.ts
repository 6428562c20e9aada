import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import {
  parsePortfolioSelection,
  writePortfolioSelection,
  type PortfolioSelection,
} from './portfolioSelection';

/** The selection of the URL. Every change is a step of its own in the browser's history, but for typing. */
export function usePortfolioSelection(): {
  selection: PortfolioSelection;
  select: (
    change: Partial<PortfolioSelection>,
    options?: { replace?: boolean },
  ) => void;
  /** The address of another selection, for links. */
  addressOf: (change: Partial<PortfolioSelection>) => string;
} {
  const { pathname } = useLocation();
  const [params, setParams] = useSearchParams();
  const selection = useMemo(() => parsePortfolioSelection(params), [params]);
  const select = useCallback(
    (change: Partial<PortfolioSelection>, options?: { replace?: boolean }) =>
      setParams(
        before =>
          writePortfolioSelection(
            { ...parsePortfolioSelection(before), ...change },
            before,
          ),
        options,
      ),
    [setParams],
  );
  const addressOf = useCallback(
    (change: Partial<PortfolioSelection>) =>
      `${pathname}?${writePortfolioSelection(
        { ...selection, ...change },
        params,
      )}`,
    [pathname, selection, params],
  );
  return { selection, select, addressOf };
}
