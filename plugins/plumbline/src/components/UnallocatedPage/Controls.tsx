import { useState } from 'react';
import { SearchField, Select } from '@backstage/ui';
import type {
  TagKeys,
  UnallocatedCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatShare } from '../../format';
import { CustomRange } from '../CostControls/CustomRange';
import { basisOptions, CUSTOM, windowOptions } from '../CostControls/options';
import {
  daysOf,
  firstGrouping,
  windowNames,
  type UnallocatedSelection,
} from './unallocatedSelection';
import { bucketOptions, groupingOptions } from './words';
import styles from './UnallocatedPage.module.css';

const NO_KEY = '';
const windows = windowOptions.filter(
  ({ id }) => id === CUSTOM || windowNames.some(name => name === id),
);

/** Which bucket to look at, on which days, and how to break it down. */
export function Controls(props: {
  selection: UnallocatedSelection;
  costs: UnallocatedCosts | undefined;
  tagKeys: TagKeys | undefined;
  onSelect: (change: Partial<UnallocatedSelection>) => void;
}) {
  const { selection, costs, tagKeys, onSelect } = props;
  const [choosesDays, setChoosesDays] = useState(false);
  const custom = choosesDays || typeof selection.window !== 'string';
  const days = daysOf(selection);
  const search = selection.filters.search ?? '';
  const [typed, setTyped] = useState(search);
  const currencies = costs?.currencies.map(({ currency }) => currency) ?? [];
  const keys = [
    { id: NO_KEY, label: 'Any' },
    ...(tagKeys?.items ?? []).map(({ key, share }) => ({
      id: key,
      label: share ? `${key} (on ${formatShare(share)} of the cost)` : key,
    })),
  ];
  if (selection.tagKey && !keys.some(({ id }) => id === selection.tagKey)) {
    keys.push({ id: selection.tagKey, label: selection.tagKey });
  }

  const find = (text: string) => {
    const { search: _search, ...filters } = selection.filters;
    onSelect({
      filters: { ...filters, ...(text && { search: text }) },
      ...(text && { groupBy: 'resource', tagKey: undefined }),
    });
  };

  return (
    <div className={styles.controls} role="group" aria-label="What to show">
      <Choice
        label="Cost"
        options={bucketOptions}
        value={selection.bucket}
        onChange={bucket =>
          onSelect({
            bucket,
            filters: {},
            groupBy: firstGrouping(bucket),
            tagKey: undefined,
          })
        }
      />
      <Choice
        label="Days"
        options={windows}
        value={
          custom || typeof selection.window !== 'string'
            ? CUSTOM
            : selection.window
        }
        onChange={window => {
          setChoosesDays(window === CUSTOM);
          if (window !== CUSTOM) {
            onSelect({ window });
          }
        }}
      />
      {custom && (
        <CustomRange
          key={`${days.from}/${days.lastDay}`}
          days={days}
          onSelect={window => onSelect({ window })}
        />
      )}
      <Choice
        label="Group by"
        options={groupingOptions}
        value={selection.groupBy}
        onChange={groupBy => onSelect({ groupBy, tagKey: undefined })}
      />
      {selection.groupBy === 'tag' && (
        <Choice
          label="Tag key"
          searchable
          options={keys}
          value={selection.tagKey ?? NO_KEY}
          onChange={key => onSelect({ tagKey: key || undefined })}
        />
      )}
      <Choice
        label="Basis"
        options={basisOptions}
        value={selection.basis}
        onChange={basis => onSelect({ basis })}
      />
      {currencies.length > 1 && (
        <Choice
          label="Currency"
          options={currencies.map(id => ({ id, label: id }))}
          value={costs?.currency ?? currencies[0]}
          onChange={currency => onSelect({ currency })}
        />
      )}
      <SearchField
        label="Find a resource"
        size="small"
        value={typed}
        onChange={setTyped}
        onSubmit={find}
        onClear={() => find('')}
      />
    </div>
  );
}

function Choice<T extends string>(props: {
  label: string;
  options: readonly { id: T; label: string }[];
  value: T;
  searchable?: boolean;
  onChange: (value: T) => void;
}) {
  const { label, options, value, searchable, onChange } = props;
  return (
    <Select
      label={label}
      options={options}
      value={value}
      searchable={searchable}
      onChange={key => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) {
          onChange(chosen.id);
        }
      }}
    />
  );
}
