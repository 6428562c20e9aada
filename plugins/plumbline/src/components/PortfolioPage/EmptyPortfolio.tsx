import { ButtonLink, Text } from '@backstage/ui';
import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import { usePortfolioSelection } from '../../selection';
import { Section } from '../Section';
import styles from './PortfolioPage.module.css';

/** Nothing to show: why, and what to do. */
export function EmptyPortfolio({ answer }: { answer: Portfolio }) {
  const { selection, addressOf } = usePortfolioSelection();
  const narrowed =
    selection.environment !== undefined || selection.currency !== undefined;
  return (
    <Section title="No figures yet" description={answer.headline.reason}>
      {narrowed ? (
        <ButtonLink
          size="small"
          href={addressOf({ environment: undefined, currency: undefined })}
        >
          Show all environments and currencies
        </ButtonLink>
      ) : (
        <ul className={styles.steps}>
          {stepsOf(answer).map(step => (
            <li key={step}>
              <Text>{step}</Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function stepsOf({ headline, entities }: Portfolio): string[] {
  if (entities.counted === 0 && entities.hidden > 0) {
    return [
      'Costs are shown to those who may read them. Ask whoever runs this portal which rule applies to you.',
    ];
  }
  return headline.state === 'not-set-up'
    ? [
        'Whoever runs this portal adds a billing export or another cost source to app-config.yaml, as Plumbline\u2019s README shows.',
        'Owners link their entities to what they run, for example by an annotation with an ARN. The Plumbline tab of each entity prints the lines to add.',
      ]
    : [
        'Choose other months above: there may be figures for these.',
        'A bill that was added just now takes a few minutes to be read.',
      ];
}
