import type {
  DateInterval,
  GetCostAndUsageRequest,
  GetCostAndUsageResponse,
  GetCostCategoriesRequest,
  GetCostCategoriesResponse,
  GetTagsRequest,
  GetTagsResponse,
  Group,
  GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import {
  addMonths,
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  firstDayOf,
  monthOfDay,
} from '../calendar';
import { ExactDecimal, NO_COST, plus, type Cost } from '../costExplorer/money';
import {
  activeTags,
  chargesOf,
  type CostExplorerBill,
  type DayCharge,
} from './bill';
import { testOf, valueBy } from './expressions';
import { pageOf } from './paging';
import { ValidationError } from './ValidationError';

const METRICS = ['AmortizedCost', 'UnblendedCost'];

interface Place {
  day: number;
  group?: Group;
}

/** What an answer is made from. @internal */
export interface Knowledge {
  bill: CostExplorerBill;
  now: Date;
  /** Groups of a page. */
  pageSize: number;
}

/** @throws ValidationError */
export function costAndUsage(
  request: GetCostAndUsageRequest,
  { bill, now, pageSize }: Knowledge,
): GetCostAndUsageResponse {
  const { first, end } = periodOf(request.TimePeriod, now);
  const { Granularity, Metrics = [], GroupBy = [] } = request;
  if (Granularity !== 'DAILY') {
    throw new ValidationError(`This endpoint knows DAILY, not ${Granularity}`);
  }
  if (Metrics.length === 0 || Metrics.some(name => !METRICS.includes(name))) {
    throw new ValidationError(`This endpoint knows ${METRICS}, not ${Metrics}`);
  }
  if (GroupBy.length !== 2) {
    throw new ValidationError(`GroupBy has ${GroupBy.length} parts, not two`);
  }
  const places = placesOf(request, bill, first, end);
  const { from, next } = pageAt(request, places.length, pageSize);
  const results = new Map<number, Group[]>();
  for (const { day, group } of places.slice(from, from + pageSize)) {
    const groups = results.get(day) ?? [];
    results.set(day, groups);
    groups.push(...(group ? [group] : []));
  }
  const present = firstDayOf(monthOfDay(dayOfInstant(now)));
  return {
    GroupDefinitions: GroupBy,
    ResultsByTime: [...results].map(([day, Groups]) => ({
      TimePeriod: { Start: dateOfDay(day), End: dateOfDay(day + 1) },
      Total: {},
      Groups,
      Estimated: day >= present,
    })),
    DimensionValueAttributes: GroupBy.some(
      ({ Key }) => Key === 'LINKED_ACCOUNT',
    )
      ? Object.entries(bill.accountNames ?? {}).map(([Value, description]) => ({
          Value,
          Attributes: { description },
        }))
      : [],
    NextPageToken: next,
  };
}

const remembered = new WeakMap<CostExplorerBill, Map<string, Place[]>>();

/** The pages of one answer are asked for one after another: what they are cut from is remembered. */
function placesOf(
  { NextPageToken: _, ...request }: GetCostAndUsageRequest,
  bill: CostExplorerBill,
  first: number,
  end: number,
): Place[] {
  const { Metrics = [], GroupBy = [], Filter } = request;
  const mark = JSON.stringify(request);
  const known = remembered.get(bill)?.get(mark);
  if (known) {
    return known;
  }
  const selects = testOf(Filter, bill);
  const days = chargesOf(
    { ...bill, charges: bill.charges.filter(selects) },
    first,
    end,
  );
  // A day without groups takes a place too, so that each day is told of.
  const places = [...days].flatMap(([day, charges]): Place[] => {
    const groups = groupsOf(charges, GroupBy, bill, Metrics);
    return groups.length > 0
      ? groups.map(group => ({ day, group }))
      : [{ day }];
  });
  remembered.set(bill, new Map([[mark, places]]));
  return places;
}

/** @throws ValidationError */
export function tags(
  request: GetTagsRequest,
  { bill, now, pageSize }: Knowledge,
): GetTagsResponse {
  const { first, end } = periodOf(request.TimePeriod, now);
  const { TagKey } = request;
  const charges = [...chargesOf(bill, first, end).values()].flat();
  const found = TagKey
    ? values(charges, { Type: 'TAG', Key: TagKey }, bill)
    : activeTags(bill);
  const { page, next } = slice(request, found, pageSize);
  return {
    Tags: page,
    ReturnSize: page.length,
    TotalSize: found.length,
    NextPageToken: next,
  };
}

/** @throws ValidationError */
export function costCategories(
  request: GetCostCategoriesRequest,
  { bill, now, pageSize }: Knowledge,
): GetCostCategoriesResponse {
  const { first, end } = periodOf(request.TimePeriod, now);
  const { CostCategoryName } = request;
  const charges = [...chargesOf(bill, first, end).values()].flat();
  const found = CostCategoryName
    ? values(charges, { Type: 'COST_CATEGORY', Key: CostCategoryName }, bill)
    : [
        ...new Set(
          charges.flatMap(charge => Object.keys(charge.costCategories ?? {})),
        ),
      ].sort();
  const { page, next } = slice(request, found, pageSize);
  return {
    [CostCategoryName ? 'CostCategoryValues' : 'CostCategoryNames']: page,
    ReturnSize: page.length,
    TotalSize: found.length,
    NextPageToken: next,
  };
}

function groupsOf(
  charges: DayCharge[],
  groupBy: GroupDefinition[],
  bill: CostExplorerBill,
  metrics: string[],
): Group[] {
  const parts = groupBy.map(definition => {
    const valueOf = valueBy(definition, bill);
    return definition.Type === 'DIMENSION'
      ? valueOf
      : (charge: DayCharge) => `${definition.Key}$${valueOf(charge)}`;
  });
  const sums = new Map<string, { keys: string[]; unit: string; cost: Cost }>();
  for (const charge of charges) {
    const keys = parts.map(part => part(charge));
    const unit = charge.currency ?? 'USD';
    const key = JSON.stringify([keys, unit]);
    const sum = sums.get(key) ?? { keys, unit, cost: NO_COST };
    sums.set(key, sum);
    sum.cost = plus(sum.cost, {
      effective: new ExactDecimal(charge.amortized),
      billed: new ExactDecimal(charge.unblended ?? charge.amortized),
    });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { keys, unit, cost }]) => ({
      Keys: keys,
      Metrics: Object.fromEntries(
        metrics.map(name => [
          name,
          {
            Amount:
              cost[name === 'AmortizedCost' ? 'effective' : 'billed'].toFixed(),
            Unit: unit,
          },
        ]),
      ),
    }));
}

function periodOf(
  period: DateInterval | undefined,
  now: Date,
): { first: number; end: number } {
  const { Start = '', End = '' } = period ?? {};
  const [first, end] = [Start, End].map(date =>
    /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOfDate(date) : NaN,
  );
  if (!(first < end)) {
    throw new ValidationError(`Start '${Start}' is not before End '${End}'`);
  }
  const today = dateOfDay(dayOfInstant(now));
  const oldest = `${addMonths(today.slice(0, 7), -14)}${today.slice(7)}`;
  if (Start < oldest) {
    throw new ValidationError(
      "You haven't enabled historical data beyond 14 months.",
    );
  }
  if (Start > today) {
    throw new ValidationError(`Start '${Start}' is after today`);
  }
  if (End > `${addMonths(today.slice(0, 7), 1)}-01`) {
    throw new ValidationError('end date past the beginning of next month');
  }
  return { first, end };
}

function values(
  charges: DayCharge[],
  definition: GroupDefinition,
  bill: CostExplorerBill,
): string[] {
  return [...new Set(charges.map(valueBy(definition, bill)))].sort();
}

function slice(
  request: { NextPageToken?: string },
  all: string[],
  pageSize: number,
): { page: string[]; next?: string } {
  const { from, next } = pageAt(request, all.length, pageSize);
  return { page: all.slice(from, from + pageSize), next };
}

function pageAt(
  { NextPageToken, ...request }: { NextPageToken?: string },
  places: number,
  pageSize: number,
): { from: number; next?: string } {
  return pageOf(request, NextPageToken, places, pageSize);
}
