import { Link } from '@backstage/ui';
import type { PortfolioBy } from '@plumbline/backstage-plugin-plumbline-common';
import { useEntityPage } from '../../hooks';
import { scopes, usePortfolioSelection } from '../../selection';
import { useSubPagePath } from './useSubPagePath';
import type { TableRow } from './tableRows';
import styles from './PortfolioPage.module.css';

/** What a row is called, with a way to what is behind it. */
export function RowName(props: { by: PortfolioBy; row: TableRow }) {
  const { by, row } = props;
  const href = useHref(by, row);
  return (
    <>
      <div className={styles.name} title={row.row?.key}>
        {href === undefined ? row.name : <Link href={href}>{row.name}</Link>}
      </div>
      {row.detail && <div className={styles.detail}>{row.detail}</div>}
    </>
  );
}

/** From an owner, system or domain to its entities, from an environment likewise, from an entity to its page. */
function useHref(by: PortfolioBy, { row, page }: TableRow): string | undefined {
  const { addressOf } = usePortfolioSelection();
  const entityPage = useEntityPage();
  const unallocated = useSubPagePath('unallocated');
  if (page === 'unallocated') {
    return unallocated;
  }
  if (!row || row.kind === 'removed' || row.kind === 'hidden') {
    return undefined;
  }
  if (by === 'entity') {
    return row.key && entityPage(row.key);
  }
  if (by === 'environment') {
    return addressOf({
      by: 'entity',
      environment: row.key,
      search: undefined,
      all: false,
    });
  }
  const scope = scopes.find(name => name === by);
  return addressOf({
    by: 'entity',
    scope: scope ? { [scope]: row.key ?? 'none' } : {},
    search: undefined,
    all: false,
  });
}
