import { Text } from '@backstage/ui';
import type {
  EntityCosts,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { Placeholder } from '../Placeholder';
import { answerOf, useSteadyHeight, type Call } from '../../hooks';
import { exactAmount, formatAmount } from '../../format';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { PartsList } from './PartsList';
import styles from './ScopeComparison.module.css';

/** Own cost and cost with dependencies beside each other, and what the latter is made of. */
export function ScopeComparison(props: {
  entityRef: EntityRef;
  own: Call<EntityCosts>;
  withDependencies: Call<EntityCosts>;
  onRetry: () => void;
}) {
  const { entityRef, own, withDependencies, onRetry } = props;
  const ownCosts = answerOf(own);
  const all = answerOf(withDependencies);
  const content = useSteadyHeight(Boolean(ownCosts && all));
  const failed = [own, withDependencies].find(call => call.status === 'failed');
  return (
    <Section
      title="Own cost and cost with dependencies"
      description="Own cost is what belongs to this entity alone. With dependencies, the own cost of everything that it depends on is added. The same dependency may be counted on the page of another entity too."
    >
      {failed?.status === 'failed' && (
        <Failure what="the comparison" error={failed.error} onRetry={onRetry} />
      )}
      {!failed && (!ownCosts || !all) && (
        <Placeholder width="100%" height={content.height ?? '6rem'} />
      )}
      {ownCosts && all?.currencies.length === 0 && (
        <Text as="p" color="secondary">
          No figures for these days, with or without dependencies.
        </Text>
      )}
      <div ref={content.ref}>
        {ownCosts &&
          all &&
          all.currencies.map(({ currency, total }) => {
            const ownTotal = ownCosts.currencies.find(
              item => item.currency === currency,
            )?.total;
            return (
              <div key={currency} className={styles.currency}>
                <dl className={styles.pair}>
                  <div>
                    <dt>Own</dt>
                    <dd title={ownTotal && exactAmount(ownTotal, currency)}>
                      {ownTotal === undefined
                        ? `none in ${currency}`
                        : formatAmount(ownTotal, currency)}
                    </dd>
                  </div>
                  <div>
                    <dt>With dependencies</dt>
                    <dd title={exactAmount(total, currency)}>
                      {formatAmount(total, currency)}
                    </dd>
                  </div>
                </dl>
                <PartsList
                  label={`What the cost with dependencies in ${currency} is made of`}
                  parts={all.parts ?? []}
                  currency={currency}
                  self={entityRef}
                />
              </div>
            );
          })}
      </div>
    </Section>
  );
}
