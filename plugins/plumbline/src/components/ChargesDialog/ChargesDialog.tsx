import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type {
  ChargesQuery,
  EntityCharges,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import { useCharges } from '../../hooks';
import { lastDayOf } from '../../selection';
import { CsvButton } from '../CostTable';
import { Failure } from '../Failure';
import { Placeholder } from '../Placeholder';
import { Section } from '../Section';
import { themeClass } from '../theme';
import { chargesCsv } from './chargesCsv';
import { ChargesTable } from './ChargesTable';
import { ChargeSourcePart } from './ChargeSourcePart';
import { count, figureText, madeOfText } from './words';
import styles from './ChargesDialog.module.css';

/** How a figure comes about: what it is, where it was read, how to check it, and its rows. */
export function ChargesDialog(props: {
  entityRef: EntityRef;
  query: ChargesQuery | undefined;
  onClose: () => void;
}) {
  const { entityRef, query, onClose } = props;
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => {
        if (!isOpen) {
          onClose();
        }
      }}
      isDismissable
      width="64rem"
      className={themeClass}
    >
      <DialogHeader>How this figure comes about</DialogHeader>
      <DialogBody>
        {query ? (
          <Charges entityRef={entityRef} query={query} />
        ) : (
          <Text as="p" color="secondary">
            There are no figures of the days before to open.
          </Text>
        )}
      </DialogBody>
    </Dialog>
  );
}

function Charges(props: { entityRef: EntityRef; query: ChargesQuery }) {
  const { entityRef, query } = props;
  const { call, retry, rows, more, readAll } = useCharges(entityRef, query);
  const charges = call.status === 'ready' ? call.value : undefined;
  return (
    <div className={styles.parts}>
      <Text as="p">{figureText(query)}</Text>
      {call.status === 'failed' && (
        <Failure
          what="the charges of this figure"
          error={call.error}
          onRetry={retry}
        />
      )}
      {call.status === 'loading' && (
        <div role="status" aria-label="Loading the charges">
          <Placeholder width="100%" height="16rem" />
        </div>
      )}
      {charges && (
        <>
          <Total charges={charges} />
          {charges.sources?.map(source => (
            <ChargeSourcePart
              key={`${source.source} ${source.month}`}
              source={source}
              currency={charges.currency}
              query={query}
            />
          ))}
          {charges.rowCount > 0 && (
            <Section
              title="Its rows"
              description={`${count(rows.length, 'row')} of ${count(
                charges.rowCount,
                'row',
              )}, by month, resource and day`}
              actions={
                <CsvButton
                  label="Save all rows of the figure as CSV"
                  fileName={`charges_${entityRef.replaceAll(
                    /[^a-z0-9.-]+/g,
                    '-',
                  )}_${query.currency}_${query.from}_${lastDayOf(
                    query.to,
                  )}.csv`}
                  content={async () =>
                    chargesCsv(await readAll(), charges.currency)
                  }
                />
              }
            >
              <ChargesTable
                rows={rows}
                basis={charges.basis}
                currency={charges.currency}
              />
              {more.error && (
                <Failure what="more rows" error={more.error} onRetry={retry} />
              )}
              {more.there && !more.error && (
                <Flex justify="center">
                  <Button
                    size="small"
                    variant="secondary"
                    isPending={more.loading}
                    onPress={more.load}
                  >
                    Show more rows
                  </Button>
                </Flex>
              )}
            </Section>
          )}
        </>
      )}
    </div>
  );
}

function Total({ charges }: { charges: EntityCharges }) {
  const { total, currency } = charges;
  return (
    <div>
      <p className={styles.total}>{formatAmount(total, currency)}</p>
      <Text as="p" color="secondary">
        Exactly {exactAmount(total, currency)}
        {madeOfText(charges)}
      </Text>
    </div>
  );
}
