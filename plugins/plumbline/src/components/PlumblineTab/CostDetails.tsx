import { useMemo } from 'react';
import { Text } from '@backstage/ui';
import type {
  CostQuery,
  EntityBindings,
  EntityCosts,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { missingText } from '../../format';
import { useCosts, type Call } from '../../hooks';
import { toChargesQuery, useFigure } from '../../selection';
import type { CostSelection, SelectionQuery } from '../../selection';
import { ChargesDialog } from '../ChargesDialog';
import { BudgetsSection } from '../BudgetsSection';
import { CurrencyBlock, type Breakdown } from '../CurrencyBlock';
import { MembersSection, ScopeComparison } from '../ScopeComparison';
import { Section } from '../Section';
import { SharedCosts } from '../SharedCosts';
import { TrustStrip } from '../TrustStrip';
import { ConvertedText, UnitCostsSection } from '../UnitCostsSection';

/** The costs that were asked for, and what is read beside them: the other tables, the days before, the other scope. */
export function CostDetails(props: {
  entityRef: EntityRef;
  selection: CostSelection;
  query: SelectionQuery;
  call: Call<EntityCosts>;
  costs: EntityCosts;
  bindings: EntityBindings | undefined;
  retry: () => void;
}) {
  const { entityRef, selection, query, call, costs, bindings, retry } = props;
  const main = { call, retry };

  const byService = useCosts(
    entityRef,
    selection.groupBy === 'service'
      ? undefined
      : { ...query, groupBy: 'service' },
  );
  const byResource = useCosts(
    entityRef,
    selection.groupBy === 'resource'
      ? undefined
      : { ...query, groupBy: 'resource' },
  );
  // Asked when the days of the answer are known, not for those of the one before it.
  const before = useCosts(
    entityRef,
    call.status === 'ready' ? queryBefore(query, call.value) : undefined,
  );
  const rollup = costs.scope === 'rollup';
  const otherScope = useCosts(
    entityRef,
    rollup
      ? undefined
      : {
          ...query,
          groupBy: 'none',
          granularity: 'month',
          scope: query.scope === 'own' ? 'with-dependencies' : 'own',
        },
  );
  const unconfirmed = useMemo(() => unconfirmedIds(bindings), [bindings]);

  const breakdowns: Breakdown[] = [
    ...(selection.groupBy === 'environment'
      ? [{ groupBy: 'environment' as const, ...main }]
      : []),
    {
      groupBy: 'service',
      ...(selection.groupBy === 'service' ? main : forDaysOf(query, byService)),
    },
    {
      groupBy: 'resource',
      ...(selection.groupBy === 'resource'
        ? main
        : forDaysOf(query, byResource)),
    },
  ];
  const other = forDaysOf(query, otherScope);
  const own = query.scope === 'own' ? main : other;
  const withDependencies = query.scope === 'own' ? other : main;

  const missing = missingText(costs);
  const { figure, open } = useFigure();

  return (
    <>
      {missing && (
        <Text as="p" color="secondary">
          {missing}
        </Text>
      )}
      {costs.currencies.length === 0 && (
        <Section title="No figures for these days">
          <Text as="p" color="secondary">
            {costs.freshness.state === 'unknown'
              ? 'They appear after the first collection. Until then nobody can say what was spent.'
              : 'The bill has no line for these days. That does not mean that nothing was spent: choose other days, or see below what was found.'}
          </Text>
        </Section>
      )}
      {costs.converted && <ConvertedText converted={costs.converted} />}
      {costs.currencies.map(currency => (
        <CurrencyBlock
          key={currency.currency}
          entityRef={entityRef}
          costs={costs}
          currency={currency}
          breakdowns={breakdowns}
          before={before}
          unconfirmed={unconfirmed}
        />
      ))}
      {costs.currencies.length > 0 && <SharedCosts costs={costs} />}
      <BudgetsSection budgets={costs.budgets} />
      <UnitCostsSection costs={costs} />
      <TrustStrip costs={costs} />
      {figure && (
        <ChargesDialog
          entityRef={entityRef}
          query={toChargesQuery(
            figure,
            query,
            costs.currencies.find(
              ({ currency }) => currency === figure.currency,
            )?.comparison,
          )}
          onClose={() => open(undefined)}
        />
      )}
      {rollup ? (
        <MembersSection costs={costs} />
      ) : (
        <ScopeComparison
          entityRef={entityRef}
          own={own.call}
          withDependencies={withDependencies.call}
          onRetry={otherScope.retry}
        />
      )}
    </>
  );
}

/** Leaves out an earlier answer about other days, so that no table shows figures of another window. */
function forDaysOf<T extends { call: Call<EntityCosts> }>(
  query: SelectionQuery,
  asked: T,
): T {
  const { call } = asked;
  if (call.status === 'ready' || call.previous === undefined) {
    return asked;
  }
  const { from, to, basis, environment } = call.previous;
  const same =
    from === query.from &&
    to === query.to &&
    basis === query.basis &&
    environment === query.environment;
  return same ? asked : { ...asked, call: { ...call, previous: undefined } };
}

/** The days before as one line; every currency has the same ones. */
function queryBefore(
  query: SelectionQuery,
  costs: EntityCosts,
): CostQuery | undefined {
  const comparison = costs.currencies.find(
    currency => currency.comparison,
  )?.comparison;
  return (
    comparison && {
      ...query,
      from: comparison.from,
      to: comparison.to,
      groupBy: 'none',
    }
  );
}

function unconfirmedIds(
  bindings: EntityBindings | undefined,
): ReadonlySet<string> {
  return new Set(
    bindings?.bindings
      .filter(({ proof }) => proof === 'claimed')
      .flatMap(({ target }) => (target.kind === 'resource' ? [target.id] : [])),
  );
}
