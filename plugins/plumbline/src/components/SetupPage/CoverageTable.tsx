import type {
  AccountCoverage,
  Coverage,
  CoverageFigures,
  CoverageParts,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  formatAmount,
  formatDay,
  formatShare,
} from '../../format';
import styles from './SetupPage.module.css';

/** A narrow page shows what matters most. */
const columns: {
  key: keyof CoverageParts<unknown>;
  title: string;
  wide?: boolean;
}[] = [
  { key: 'unallocated', title: 'Unallocated' },
  { key: 'proven', title: 'Confirmed', wide: true },
  { key: 'claimed', title: 'Only claimed', wide: true },
  { key: 'shared', title: 'Shared', wide: true },
  { key: 'total', title: 'Total' },
];

/** A row for each account, and one for all. */
export function CoverageTable({ coverage }: { coverage: Coverage }) {
  const { accounts, total, currency = '', amountsVisible } = coverage;
  return (
    <div
      className={styles.scroller}
      role="group"
      aria-label="Coverage by account"
    >
      <table className={styles.table}>
        <caption className={styles.caption}>
          {amountsVisible
            ? `Amortised cost in ${currency}`
            : `Resources with cost in ${currency}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            {columns.map(({ key, title, wide }) => (
              <th key={key} scope="col" className={classOf(wide)}>
                {title}
              </th>
            ))}
            {amountsVisible && (
              <th scope="col" className={styles.number}>
                Of entities
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {accounts.map(account => (
            <tr key={`${account.provider} ${account.accountId}`}>
              <th scope="row">
                <Account account={account} />
              </th>
              <Figures figures={account} currency={currency} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All accounts</th>
            <Figures figures={total} currency={currency} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Account({ account }: { account: AccountCoverage }) {
  const { name, accountId, provider, environment } = account;
  const reach = reachText(account);
  return (
    <>
      <div>{name ?? accountId}</div>
      <div className={styles.small}>
        {provider}
        {name && ` · ${accountId}`} · {environment ?? 'no environment given'}
      </div>
      {reach && <div className={styles.small}>{reach}</div>}
    </>
  );
}

/** Whether an account that falls silent is unused or no longer delivered, nobody can tell from the bill. */
function reachText({ dataThrough, sourceDataThrough }: AccountCoverage) {
  if (!dataThrough) {
    return undefined;
  }
  return sourceDataThrough
    ? `No charges since ${formatDay(
        dataThrough,
      )}, while its source goes on to ${formatDay(
        sourceDataThrough,
      )}: either nothing is used there any more, or its charges no longer arrive.`
    : `Charges up to ${formatDay(dataThrough)}`;
}

function Figures(props: { figures: CoverageFigures; currency: string }) {
  const { figures, currency } = props;
  const { amounts, resources, allocatedShare } = figures;
  return (
    <>
      {columns.map(({ key, wide }) => (
        <td key={key} className={classOf(wide)}>
          {amounts ? (
            <span title={exactAmount(amounts[key], currency)}>
              {formatAmount(amounts[key], currency)}
            </span>
          ) : (
            resources[key].toLocaleString('en-US')
          )}
        </td>
      ))}
      {amounts && (
        <td className={styles.number}>
          {allocatedShare === undefined ? '–' : formatShare(allocatedShare)}
        </td>
      )}
    </>
  );
}

function classOf(wide: boolean | undefined): string {
  return wide ? `${styles.number} ${styles.wide}` : styles.number;
}
