import { useEffect, useState } from 'react';
import {
  SearchField,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { basisLabels, formatMonth } from '../../format';
import {
  isMonthRange,
  monthCounts,
  monthsOf,
  portfolioBys,
  type PortfolioSelection,
} from '../../selection';
import { environmentOptions, ALL_ENVIRONMENTS } from '../CostControls';
import { byWords } from './words';
import styles from './PortfolioPage.module.css';

const CUSTOM = 'custom';
const ALL_CURRENCIES = 'all currencies';
const SEARCH_DELAY_MS = 300;
/** So many months can be chosen one by one. */
const OFFERED_MONTHS = 37;

const basisOptions = (['effective', 'billed'] as const).map(id => ({
  id,
  label: basisLabels[id].replace(/^./, first => first.toUpperCase()),
}));

/** What to look at: rows, months, currency, environment, basis and names. */
export function PortfolioControls(props: {
  selection: PortfolioSelection;
  environments: string[];
  currencies: string[];
  onSelect: (
    change: Partial<PortfolioSelection>,
    options?: { replace?: boolean },
  ) => void;
}) {
  const { selection, environments, currencies, onSelect } = props;
  const { by, months, basis, environment, currency } = selection;
  const [choosesMonths, setChoosesMonths] = useState(false);
  const custom = choosesMonths || typeof months !== 'string';
  const range = monthsOf(selection);
  const offered = currencies.includes(currency ?? '')
    ? currencies
    : [...currencies, ...(currency ? [currency] : [])];

  return (
    <div role="group" aria-label="What to show" className={styles.controls}>
      <div className={styles.scroller}>
        <ToggleButtonGroup
          aria-label="A row for each"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[by]}
          onSelectionChange={keys => {
            const chosen = portfolioBys.find(id => keys.has(id));
            if (chosen) {
              onSelect({ by: chosen, search: undefined, all: false });
            }
          }}
        >
          {portfolioBys.map(id => (
            <ToggleButton key={id} id={id}>
              {byWords[id].label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <div className={styles.fields}>
        <Search
          key={by}
          label={`Find ${byWords[by].many}`}
          value={selection.search ?? ''}
          onSearch={search => onSelect({ search }, { replace: true })}
        />
        <Select
          label="Months"
          options={[
            ...monthCounts.map(id => ({ id, label: `Last ${id} months` })),
            { id: CUSTOM, label: 'Choose months\u2026' },
          ]}
          value={custom ? CUSTOM : months}
          onChange={value => {
            const chosen = monthCounts.find(id => id === value);
            setChoosesMonths(chosen === undefined);
            if (chosen) {
              onSelect({ months: chosen });
            }
          }}
        />
        {custom && (
          <>
            <MonthChoice
              label="First month"
              value={range.from}
              onChange={from =>
                onSelect({
                  months: isMonthRange(from, range.to)
                    ? { from, to: range.to }
                    : { from, to: from },
                })
              }
            />
            <MonthChoice
              label="Last month"
              value={range.to}
              onChange={to =>
                onSelect({
                  months: isMonthRange(range.from, to)
                    ? { from: range.from, to }
                    : { from: to, to },
                })
              }
            />
          </>
        )}
        <Select
          label="Basis"
          options={basisOptions}
          value={basis}
          onChange={value => {
            const chosen = basisOptions.find(({ id }) => id === value);
            if (chosen) {
              onSelect({ basis: chosen.id });
            }
          }}
        />
        <Select
          label="Environment"
          options={environmentOptions(environments, environment)}
          value={environment ?? ALL_ENVIRONMENTS}
          onChange={value =>
            onSelect({
              environment:
                value === ALL_ENVIRONMENTS || value === null
                  ? undefined
                  : String(value),
            })
          }
        />
        {(offered.length > 1 || currency !== undefined) && (
          <Select
            label="Currency"
            options={[
              { id: ALL_CURRENCIES, label: 'All, each apart' },
              ...offered.map(id => ({ id, label: id })),
            ]}
            value={currency ?? ALL_CURRENCIES}
            onChange={value =>
              onSelect({
                currency:
                  value === ALL_CURRENCIES || value === null
                    ? undefined
                    : String(value),
              })
            }
          />
        )}
      </div>
    </div>
  );
}

/** Nothing is asked of the server before the person pauses. */
function Search(props: {
  label: string;
  value: string;
  onSearch: (text: string | undefined) => void;
}) {
  const { label, value, onSearch } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) {
      return undefined;
    }
    const timer = setTimeout(
      () => onSearch(text.trim() || undefined),
      SEARCH_DELAY_MS,
    );
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <SearchField
      label={label}
      placeholder="Part of a name"
      value={text}
      onChange={setText}
    />
  );
}

function MonthChoice(props: {
  label: string;
  value: Month;
  onChange: (month: Month) => void;
}) {
  const { label, value, onChange } = props;
  const now = new Date();
  const months = Array.from({ length: OFFERED_MONTHS }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index, 1))
      .toISOString()
      .slice(0, 7),
  );
  const offered = months.includes(value) ? months : [...months, value];
  return (
    <Select
      label={label}
      options={offered.map(id => ({ id, label: formatMonth(`${id}-01`) }))}
      value={value}
      onChange={chosen => chosen !== null && onChange(String(chosen))}
    />
  );
}
