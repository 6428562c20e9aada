import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseFigure, writeFigure, type Figure } from './figure';

/** The figure that is open, in the URL so that it can be sent to somebody. */
export function useFigure(): {
  figure: Figure | undefined;
  open: (figure: Figure | undefined) => void;
} {
  const [params, setParams] = useSearchParams();
  const figure = useMemo(() => parseFigure(params), [params]);
  const open = useCallback(
    (next: Figure | undefined) =>
      setParams(before => writeFigure(next, before)),
    [setParams],
  );
  return { figure, open };
}
