import {
  Button,
  Cell,
  Checkbox,
  Column,
  Link,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type {
  UnallocatedCosts,
  UnallocatedGroup,
} from '@plumbline/backstage-plugin-plumbline-common';
import { useLocation } from 'react-router-dom';
import {
  describeResourceId,
  exactAmount,
  formatAmount,
  formatChange,
  placeText,
} from '../../format';
import { ShareBar } from '../CostTable/ShareBar';
import tableStyles from '../CostTable/CostTable.module.css';
import styles from './UnallocatedPage.module.css';
import {
  nextGrouping,
  writeSelection,
  type UnallocatedSelection,
} from './unallocatedSelection';
import { groupingTitles } from './words';

/** The parts of a bucket; each leads further down, resources can be chosen. */
export function GroupsTable(props: {
  selection: UnallocatedSelection;
  costs: UnallocatedCosts;
  /** Absent where nothing can be chosen. */
  chosen?: ReadonlySet<string>;
  onChoose: (key: string, chosen: boolean) => void;
  onMore: () => void;
}) {
  const { selection, costs, chosen, onChoose, onMore } = props;
  const { groupBy, currency = '', groups } = costs;
  const title = groupingTitles[groupBy];
  const counts = groupBy !== 'resource';
  return (
    <>
      <div className={tableStyles.scroller}>
        <TableRoot
          aria-label={`${
            costs.bucket === 'shared' ? 'Shared' : 'Unallocated'
          } cost by ${title.toLocaleLowerCase('en-US')} in ${currency}`}
          className={tableStyles.table}
        >
          <TableHeader>
            <Column id="label" isRowHeader>
              {title}
            </Column>
            {counts && (
              <Column id="resources" className={tableStyles.wide}>
                Resources
              </Column>
            )}
            <Column id="share" className={tableStyles.wide}>
              Share
            </Column>
            <Column id="change" className={tableStyles.wide}>
              Change
            </Column>
            <Column id="total" className={tableStyles.number}>
              Cost
            </Column>
          </TableHeader>
          <TableBody>
            {groups.map(group => (
              <Row key={group.key ?? ''} id={`row ${group.key ?? ''}`}>
                <Cell textValue={group.label}>
                  {chosen && group.key !== undefined ? (
                    <Checkbox
                      isSelected={chosen.has(group.key)}
                      onChange={is => onChoose(group.key ?? '', is)}
                    >
                      <Name selection={selection} group={group} />
                    </Checkbox>
                  ) : (
                    <Name selection={selection} group={group} />
                  )}
                  <div className={styles.detail}>{detailText(group)}</div>
                </Cell>
                {counts && (
                  <Cell className={tableStyles.wide}>{group.resources}</Cell>
                )}
                <Cell className={tableStyles.wide}>
                  <ShareBar share={group.share} />
                </Cell>
                <Cell className={tableStyles.wide}>
                  {group.change === undefined
                    ? '\u2013'
                    : formatChange(group.change)}
                </Cell>
                <Cell className={tableStyles.number}>
                  <span title={exactAmount(group.total, currency)}>
                    {formatAmount(group.total, currency)}
                  </span>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </TableRoot>
      </div>
      {costs.nextCursor && (
        <div className={tableStyles.more}>
          <Button size="small" variant="tertiary" onPress={onMore}>
            {`Show more of ${costs.groupCount}`}
          </Button>
        </div>
      )}
    </>
  );
}

function Name(props: {
  selection: UnallocatedSelection;
  group: UnallocatedGroup;
}) {
  const { selection, group } = props;
  const { pathname } = useLocation();
  const { label, filters, detail } = group;
  if (!filters) {
    const id = detail?.resourceId;
    return (
      <span className={tableStyles.name} title={id}>
        {label === id ? describeResourceId(id).name : label}
      </span>
    );
  }
  const below = writeSelection({
    ...selection,
    filters: { ...selection.filters, ...filters },
    groupBy: nextGrouping[selection.groupBy],
    tagKey: undefined,
  });
  return <Link href={`${pathname}?${below}`}>{label}</Link>;
}

function detailText({ key, label, kind, detail }: UnallocatedGroup): string {
  if (detail) {
    return placeText(
      detail.type ?? describeResourceId(detail.resourceId).type,
      detail.accountId,
      detail.region,
    );
  }
  if (kind === 'waste') {
    return 'Waste: reserved, paid for, not used';
  }
  return key === undefined || key === label ? '' : key;
}
