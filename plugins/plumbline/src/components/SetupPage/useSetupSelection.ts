import { useCallback, useMemo } from 'react';
import type { SuggestionConfidence } from '@plumbline/backstage-plugin-plumbline-common';
import { useSearchParams } from 'react-router-dom';

/** What the setup page shows, as the address says it. */
export interface SetupSelection {
  month?: string;
  currency?: string;
  confidence?: SuggestionConfidence;
  account?: string;
}

const KEYS = ['month', 'currency', 'confidence', 'account'] as const;
const CONFIDENCES: SuggestionConfidence[] = ['state', 'tag', 'name'];

/** The selection of the address; every change is a step of the browser's history. */
export function useSetupSelection(): {
  selection: SetupSelection;
  select: (change: SetupSelection) => void;
} {
  const [params, setParams] = useSearchParams();
  const selection = useMemo((): SetupSelection => {
    const month = params.get('month') ?? undefined;
    return {
      month: month && /^\d{4}-\d{2}$/.test(month) ? month : undefined,
      currency: params.get('currency') ?? undefined,
      confidence: CONFIDENCES.find(one => one === params.get('confidence')),
      account: params.get('account') ?? undefined,
    };
  }, [params]);
  const select = useCallback(
    (change: SetupSelection) =>
      setParams(before => {
        const next = new URLSearchParams(before);
        for (const key of KEYS.filter(one => one in change)) {
          const value = change[key];
          if (value) {
            next.set(key, value);
          } else {
            next.delete(key);
          }
        }
        return next;
      }),
    [setParams],
  );
  return { selection, select };
}
