import { Link, Text } from '@backstage/ui';
import type {
  Portfolio,
  PortfolioMover,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount } from '../../format';
import { useEntityPage } from '../../hooks';
import { Section } from '../Section';
import { ChangeText } from './ChangeText';
import { columnTitles } from './columns';
import { byWords, rowName } from './words';
import styles from './PortfolioPage.module.css';

/** Who rose and who fell most between the last two complete months. */
export function MoversPanel(props: { answer: Portfolio; currency: string }) {
  const { answer, currency } = props;
  const { lastMonth, monthBefore } = columnTitles(answer);
  const movers = answer.movers.find(item => item.currency === currency);
  if (!monthBefore) {
    return (
      <Section title="Largest movers">
        <Text as="p" color="secondary">
          There are no two complete months in a row to compare yet.
        </Text>
      </Section>
    );
  }
  return (
    <Section
      title="Largest movers"
      description={`By amount, ${lastMonth} against ${monthBefore}`}
    >
      {movers ? (
        <div className={styles.movers}>
          <MoversList
            title="Rose most"
            none={`No ${byWords[answer.by].one} cost more.`}
            {...{ answer, currency, monthBefore }}
            movers={movers.risers}
          />
          <MoversList
            title="Fell most"
            none={`No ${byWords[answer.by].one} cost less.`}
            {...{ answer, currency, monthBefore }}
            movers={movers.fallers}
          />
        </div>
      ) : (
        <Text as="p" color="secondary">
          Nothing rose or fell.
        </Text>
      )}
    </Section>
  );
}

function MoversList(props: {
  title: string;
  none: string;
  answer: Portfolio;
  currency: string;
  monthBefore: string;
  movers: PortfolioMover[];
}) {
  const { title, none, answer, currency, monthBefore, movers } = props;
  return (
    <div>
      <Text as="h4" variant="body-medium" weight="bold">
        {title}
      </Text>
      {movers.length === 0 ? (
        <Text as="p" color="secondary">
          {none}
        </Text>
      ) : (
        <ul className={styles.moversList} aria-label={title}>
          {movers.map((mover, index) => (
            <li key={mover.key ?? `${mover.kind} ${index}`}>
              <MoverName answer={answer} mover={mover} />
              <span className={styles.moverFigures}>
                <ChangeText
                  difference={mover.difference}
                  change={mover.change}
                  currency={currency}
                  than={monthBefore}
                />
                <span className={styles.detail}>
                  {formatAmount(mover.monthBefore, currency)} to{' '}
                  {formatAmount(mover.lastMonth, currency)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function MoverName(props: { answer: Portfolio; mover: PortfolioMover }) {
  const { answer, mover } = props;
  const entityPage = useEntityPage();
  const name = rowName(answer.by, mover);
  return (
    <span className={styles.name}>
      {mover.key !== undefined && answer.by !== 'environment' ? (
        <Link href={entityPage(mover.key)}>{name}</Link>
      ) : (
        name
      )}
    </span>
  );
}
