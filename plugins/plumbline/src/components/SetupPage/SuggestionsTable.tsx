import { Checkbox } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { BindingSuggestion } from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount } from '../../format';
import { confidenceLabels } from './words';
import styles from './SetupPage.module.css';

/** Suggestions to choose from; of those for one resource, one. */
export function SuggestionsTable(props: {
  items: BindingSuggestion[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  const { items, chosen, onChoose } = props;

  const choose = (item: BindingSuggestion, selected: boolean) => {
    const next = new Set(chosen);
    if (selected) {
      // A resource belongs to one entity.
      items
        .filter(({ resource }) => resource.id === item.resource.id)
        .forEach(({ id }) => next.delete(id));
      next.add(item.id);
    } else {
      next.delete(item.id);
    }
    onChoose(next);
  };

  return (
    <div className={styles.scroller} role="group" aria-label="Suggested links">
      <table className={`${styles.table} ${styles.suggestions}`}>
        <thead>
          <tr>
            <th scope="col">Accept</th>
            <th scope="col">Resource</th>
            <th scope="col">Entity</th>
            <th scope="col">Why</th>
            <th scope="col" className={styles.number}>
              Last 30 days
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(item => (
            <tr key={item.id}>
              <td>
                <Checkbox
                  aria-label={`Accept ${nameOf(item)} for ${item.entityRef}`}
                  isSelected={chosen.has(item.id)}
                  onChange={selected => choose(item, selected)}
                />
              </td>
              <th scope="row">
                <div>{nameOf(item)}</div>
                <div className={styles.small}>
                  {[
                    item.resource.type,
                    item.resource.accountId,
                    item.resource.region,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
                <div className={styles.id}>{item.resource.id}</div>
              </th>
              <td>
                <EntityRefLink entityRef={item.entityRef} />
                {item.ambiguous && (
                  <div className={styles.small}>
                    Not clear: others are as likely
                  </div>
                )}
              </td>
              <td>
                <div className={styles.small}>
                  {confidenceLabels[item.confidence]}
                </div>
                {item.reason}
              </td>
              <td className={styles.number}>
                {item.costs === undefined
                  ? 'Not shown'
                  : item.costs
                      .map(({ currency, amount }) =>
                        formatAmount(amount, currency),
                      )
                      .join(', ') || 'Nothing'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf({ resource }: BindingSuggestion): string {
  return resource.name ?? resource.id.split(/[:/]/).pop() ?? resource.id;
}
