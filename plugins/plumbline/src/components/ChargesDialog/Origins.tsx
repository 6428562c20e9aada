import { Text } from '@backstage/ui';
import type { ChargeSource } from '@plumbline/backstage-plugin-plumbline-common';
import { formatMonth } from '../../format';
import { CopyButton } from '../CopyButton';
import { count } from './words';
import styles from './ChargesDialog.module.css';

/** So many are named at once. */
const NAMED = 10;

/** The files that a month was read from, or the queries that a person runs to be given the same. */
export function Origins({ source }: { source: ChargeSource }) {
  const { origins, month } = source;
  if (!origins || origins.count === 0) {
    return null;
  }
  const named = origins.named.slice(0, NAMED);
  const more = origins.count - named.length;
  const asked = origins.named[0]?.kind === 'query';
  return (
    <div>
      <Text as="h4" weight="bold">
        {asked ? 'Asked by' : 'Read from'}
      </Text>
      {asked && (
        <Text as="p" color="secondary">
          Each command gives the lines that were taken; AWS charges for the
          call.
        </Text>
      )}
      <ul className={styles.list}>
        {named.map(({ kind, name, rows, askedAs }, index) => (
          <li key={name}>
            <code className={styles.values}>{name}</code>
            {rows !== undefined &&
              `, ${count(rows, 'line')} of ${formatMonth(month)}`}
            {askedAs !== undefined &&
              `, with credentials of the account ${askedAs}`}
            {kind === 'query' && (
              <>
                {' '}
                <CopyButton
                  text={name}
                  label={`Copy query ${index + 1} for ${formatMonth(month)}`}
                />
              </>
            )}
          </li>
        ))}
        {more > 0 && (
          <li>
            and{' '}
            {asked
              ? count(more, 'more query', 'more queries')
              : count(more, 'more file')}
          </li>
        )}
      </ul>
    </div>
  );
}
