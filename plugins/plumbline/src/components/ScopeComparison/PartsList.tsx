import Decimal from 'decimal.js';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  EntityCosts,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import styles from './ScopeComparison.module.css';

/** The entities that were counted in, the dearest first. */
export function PartsList(props: {
  label: string;
  parts: NonNullable<EntityCosts['parts']>;
  currency: string;
  /** The entity of the page: it is named and not linked. */
  self: EntityRef;
}) {
  const { label, parts, currency, self } = props;
  const shown = parts
    .filter(part => part.currency === currency)
    .sort((a, b) => new Decimal(b.total).comparedTo(a.total));
  return (
    <ul className={styles.parts} aria-label={label}>
      {shown.map(({ entityRef, total }) => (
        <li key={entityRef}>
          <span className={styles.part}>
            {entityRef === self ? (
              'This entity itself'
            ) : (
              <EntityRefLink entityRef={entityRef} />
            )}
          </span>
          <span title={exactAmount(total, currency)}>
            {formatAmount(total, currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}
