import { useState, type FormEvent } from 'react';
import { Button } from '@backstage/ui';
import TextField from '@material-ui/core/TextField';
import type { Day } from '@plumbline/backstage-plugin-plumbline-common';
import { isRange, MAX_DAYS, parseDay } from '../../selection';
import styles from './CostControls.module.css';

/** Two days and a button. Nothing is asked of the server before the button is pressed. */
export function CustomRange(props: {
  days: { from: Day; lastDay: Day };
  onSelect: (range: { from: Day; lastDay: Day }) => void;
}) {
  const { days, onSelect } = props;
  const [from, setFrom] = useState(days.from);
  const [lastDay, setLastDay] = useState(days.lastDay);
  const valid =
    parseDay(from) !== undefined &&
    parseDay(lastDay) !== undefined &&
    isRange(from, lastDay);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) {
      onSelect({ from, lastDay });
    }
  };

  return (
    <form className={styles.range} onSubmit={submit}>
      <TextField
        id="plumbline-from"
        type="date"
        label="First day"
        size="small"
        variant="outlined"
        value={from}
        onChange={event => setFrom(event.target.value)}
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        id="plumbline-to"
        type="date"
        label="Last day"
        size="small"
        variant="outlined"
        value={lastDay}
        error={!valid}
        helperText={
          valid
            ? undefined
            : `Not before the first day, and at most ${MAX_DAYS} days in all.`
        }
        onChange={event => setLastDay(event.target.value)}
        InputLabelProps={{ shrink: true }}
      />
      <Button type="submit" size="small" isDisabled={!valid}>
        Show these days
      </Button>
    </form>
  );
}
