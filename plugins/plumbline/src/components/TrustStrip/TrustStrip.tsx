import type { ReactNode } from 'react';
import type { EntityCosts } from '@plumbline/backstage-plugin-plumbline-common';
import {
  basisLabels,
  basisSentences,
  formatAgo,
  formatDay,
  matchedByLabels,
  stateLabels,
} from '../../format';
import { Section } from '../Section';
import { UnconfirmedMark } from '../UnconfirmedMark';
import { coverageText } from './coverageText';
import styles from './TrustStrip.module.css';

/** Where the figures came from: basis, currency, age, coverage and how resources were matched. */
export function TrustStrip({ costs }: { costs: EntityCosts }) {
  const { scope, basis, freshness, coverage, currencies, matchedBy, members } =
    costs;
  return (
    <Section title="Where these figures come from">
      <dl className={styles.strip}>
        <Item title="Basis" note={basisSentences[basis]}>
          {basisLabels[basis]}
        </Item>
        <Item
          title={currencies.length === 1 ? 'Currency' : 'Currencies'}
          note="As the bill states them; never converted, never added together."
        >
          {currencies.length > 0
            ? currencies.map(({ currency }) => currency).join(', ')
            : 'none'}
        </Item>
        <Item
          title="Data through"
          note={
            freshness.collectedAt &&
            `Collected ${formatAgo(freshness.collectedAt)}${
              freshness.sources.length > 0
                ? ` from ${freshness.sources.join(', ')}`
                : ''
            }.`
          }
        >
          {freshness.dataThrough
            ? formatDay(freshness.dataThrough)
            : 'not known'}
        </Item>
        <Item title="Coverage">{coverageText(coverage)}</Item>
        {members && (
          <Item
            title={scope === 'rollup' ? 'Members' : 'Entities'}
            note={
              members.hidden > 0 &&
              `${members.hidden} more ${
                members.hidden === 1 ? 'is' : 'are'
              } not visible to you and not counted.`
            }
          >
            {members.counted} counted
          </Item>
        )}
        <Item title="Forecast" note={costs.forecast.reason}>
          {stateLabels[costs.forecast.state]}
        </Item>
        <Item title="Budget" note={costs.budget.reason}>
          {stateLabels[costs.budget.state]}
        </Item>
        <Item title="Matched by" wide>
          {matchedBy.length === 0 ? (
            'nothing'
          ) : (
            <ul className={styles.matched}>
              {matchedBy.map(match => (
                <li key={`${match.matchedBy}/${match.proof}`}>
                  {matchedByLabels[match.matchedBy]} ({match.resources}){' '}
                  {match.proof === 'claimed' && <UnconfirmedMark />}
                </li>
              ))}
            </ul>
          )}
        </Item>
      </dl>
    </Section>
  );
}

function Item(props: {
  title: string;
  children: ReactNode;
  note?: ReactNode;
  /** Whether it has a line of its own. */
  wide?: boolean;
}) {
  const { title, children, note, wide } = props;
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{title}</dt>
      <dd>{children}</dd>
      {note && <dd className={styles.note}>{note}</dd>}
    </div>
  );
}
