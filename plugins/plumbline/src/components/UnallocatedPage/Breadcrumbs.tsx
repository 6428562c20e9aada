import { Link } from '@backstage/ui';
import type { BucketFilters } from '@plumbline/backstage-plugin-plumbline-common';
import { useLocation } from 'react-router-dom';
import {
  firstGrouping,
  nextGrouping,
  writeSelection,
  type UnallocatedSelection,
} from './unallocatedSelection';
import { bucketOptions, filterLabel } from './words';
import styles from './UnallocatedPage.module.css';

/** The way down to what is shown; each step leads back to it. */
export function Breadcrumbs({
  selection,
}: {
  selection: UnallocatedSelection;
}) {
  const { pathname } = useLocation();
  const { bucket } = selection;
  const filters = Object.entries(selection.filters) as [
    keyof BucketFilters,
    string,
  ][];
  const steps = [
    {
      label: bucketOptions.find(({ id }) => id === bucket)?.label ?? bucket,
      to: {
        ...selection,
        filters: {},
        groupBy: firstGrouping(bucket),
        tagKey: undefined,
      },
    },
    ...filters.map(([name, value], index) => ({
      label: filterLabel(name, value),
      to: {
        ...selection,
        filters: Object.fromEntries(filters.slice(0, index + 1)),
        groupBy: name === 'search' ? selection.groupBy : nextGrouping[name],
        tagKey: undefined,
      },
    })),
  ];
  return (
    <nav aria-label="The way down">
      <ol className={styles.steps}>
        {steps.map(({ label, to }, index) => (
          <li key={`${index} ${label}`}>
            {index === steps.length - 1 ? (
              <span aria-current="page">{label}</span>
            ) : (
              <Link href={`${pathname}?${writeSelection(to)}`}>{label}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
