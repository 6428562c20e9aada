import { useState } from 'react';
import { Select } from '@backstage/ui';
import type { Entity } from '@backstage/catalog-model';
import { hasOwnFigures } from '../../kinds';
import type { CostSelection } from '../../selection';
import { CustomRange } from './CustomRange';
import {
  ALL_ENVIRONMENTS,
  basisOptions,
  CUSTOM,
  environmentOptions,
  granularityOptions,
  groupOptions,
  scopeOptions,
  windowOptions,
} from './options';
import styles from './CostControls.module.css';

/** What to look at: days, steps, grouping, basis, scope and environment. */
export function CostControls(props: {
  entity: Entity;
  selection: CostSelection;
  /** The days the selection stands for; the last one is inclusive. */
  days: { from: string; lastDay: string };
  /** The environments that have cost in the window. */
  environments: string[];
  onSelect: (change: Partial<CostSelection>) => void;
}) {
  const { entity, selection, days, environments, onSelect } = props;
  const { window, environment } = selection;
  const [choosesDays, setChoosesDays] = useState(false);
  const custom = choosesDays || typeof window !== 'string';

  return (
    <div className={styles.controls} role="group" aria-label="What to show">
      <Select
        className={styles.wide}
        label="Days"
        options={windowOptions}
        value={custom ? CUSTOM : window}
        onChange={value => {
          const chosen = windowOptions.find(({ id }) => id === value)?.id;
          setChoosesDays(chosen === CUSTOM);
          if (chosen !== undefined && chosen !== CUSTOM) {
            onSelect({ window: chosen });
          }
        }}
      />
      {custom && (
        <CustomRange
          key={`${days.from}/${days.lastDay}`}
          days={days}
          onSelect={range => onSelect({ window: range })}
        />
      )}
      <Choice
        label="Steps"
        options={granularityOptions}
        value={selection.granularity}
        onChange={granularity => onSelect({ granularity })}
      />
      <Choice
        label="Group by"
        options={groupOptions}
        value={selection.groupBy}
        onChange={groupBy => onSelect({ groupBy })}
      />
      <Choice
        label="Basis"
        options={basisOptions}
        value={selection.basis}
        onChange={basis => onSelect({ basis })}
      />
      {hasOwnFigures(entity) && (
        <Choice
          className={styles.wide}
          label="Counted"
          options={scopeOptions}
          value={selection.scope}
          onChange={scope => onSelect({ scope })}
        />
      )}
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
    </div>
  );
}

function Choice<T extends string>(props: {
  className?: string;
  label: string;
  options: readonly { id: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  const { className, label, options, value, onChange } = props;
  return (
    <Select
      className={className}
      label={label}
      options={options}
      value={value}
      onChange={key => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) {
          onChange(chosen.id);
        }
      }}
    />
  );
}
