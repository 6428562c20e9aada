import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import {
  EveryonePolicy,
  OwnersAndFinOpsPolicy,
  OwnersOnlyPolicy,
} from '@plumbline/backstage-plugin-plumbline-node';
import type {
  CostHeadline,
  StatementMonths,
} from '@plumbline/backstage-plugin-plumbline-common';
import { catalogEntities, demoPeople, exportBilling } from '@plumbline/demo';
import Decimal from 'decimal.js';
import { DemoBackend } from '../demo/DemoBackend';
import { amountsIn, hadBySubtraction } from './amounts';
import { PolicyPermissions } from './PolicyPermissions';
import { viewsOf, type Months, type Views } from './Views';

/**
 * The three ready policies, tried with the demo's four people: what each sees on cards, in the portfolio, in
 * statements and in CSV, and that nothing that is hidden from them can be worked out.
 */

jest.setTimeout(600_000);

const admins = ['group:default/platform'];
const POLICIES: Record<string, PermissionPolicy> = {
  everyone: EveryonePolicy.create({ admins }),
  'owners and FinOps': OwnersAndFinOpsPolicy.create({
    admins,
    finOps: ['group:default/finops'],
  }),
  'owners only': OwnersOnlyPolicy.create({ admins }),
};

/** Who sees everything under which policy; everybody else sees what their team owns. */
const SEES_ALL: Record<string, string[]> = {
  everyone: ['platform', 'service-owner', 'finops', 'security'],
  'owners and FinOps': ['finops'],
  'owners only': [],
};

const cases = Object.keys(POLICIES).flatMap(policy =>
  [...demoPeople.keys()].map(person => [policy, person] as const),
);

const catalog = catalogEntities({
  githubUrl: 'http://localhost:7017',
  giteaUrl: 'http://localhost:7018',
});

/** Team by Component and Resource. */
const ownerOf = new Map(
  catalog
    .filter(({ kind }) => ['Component', 'Resource'].includes(kind))
    .map(entity => [
      stringifyEntityRef(entity),
      `group:default/${String(entity.spec?.owner).replace(
        /^group:(default\/)?/,
        '',
      )}`,
    ]),
);

let directory: string;
let demo: DemoBackend;
let permissions: PolicyPermissions;
let months: Months;
let closed: string[];
/** What a person sees whom nothing is hidden from. */
let truth: Views;

function seen(person: string): Promise<Views> {
  return viewsOf({
    demo,
    person,
    entityRefs: [...ownerOf.keys()],
    months,
    closed,
  });
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'plumbline-policies-'));
  await exportBilling({ directory });
  permissions = new PolicyPermissions(POLICIES.everyone);
  demo = await DemoBackend.start({
    directory,
    permissions,
    // What was over before the first start is closed at once, not a week later.
    plumbline: { statements: { historyAfter: { seconds: 0 } } },
  });
  await demo.collect();
  await demo.tasks.triggerTask('plumbline-statements');
  const [anybody] = demoPeople.values();
  const response = await demo.ask(anybody.userEntityRef, '/v1/statements');
  const { items } = (await response.json()) as StatementMonths;
  closed = items
    .filter(({ state }) => state === 'closed')
    .map(({ month }) => month)
    .slice(0, 2);
  months = { from: closed[1], to: closed[0] };
  truth = await seen(anybody.userEntityRef);
});

afterAll(async () => {
  await demo?.stop();
  if (directory) {
    await rm(directory, { recursive: true });
  }
});

const totalsOf = (headline: CostHeadline | undefined) =>
  headline?.currencies.map(({ currency, lastMonth }) => [currency, lastMonth]);

/** Sums by currency of the truth's entity rows that a person may see. */
function sums(readable: ReadonlySet<string>): Record<string, string> {
  const found = new Map<string, Decimal>();
  for (const { key, currency, total } of truth.portfolios.entity.rows) {
    if (key && readable.has(key)) {
      found.set(currency, (found.get(currency) ?? new Decimal(0)).plus(total));
    }
  }
  return Object.fromEntries(
    [...found].map(([currency, sum]) => [currency, sum.toFixed()]),
  );
}

describe.each(cases)('%s: what %s sees', (policy, id) => {
  const { userEntityRef, teamEntityRef } = demoPeople.get(id)!;
  const all = SEES_ALL[policy].includes(id);
  const readable = new Set(
    [...ownerOf]
      .filter(([, owner]) => all || owner === teamEntityRef)
      .map(([ref]) => ref),
  );
  const hidden = [...ownerOf.keys()].filter(ref => !readable.has(ref));
  let views: Views;

  beforeAll(async () => {
    permissions.policy = POLICIES[policy];
    views = await seen(userEntityRef);
  });

  it('cards: those of the entities that are theirs, with the figures that everyone would see', () => {
    const shown = [...views.overviews].filter(([, { cost }]) => cost);
    expect(shown.map(([ref]) => ref).sort()).toEqual([...readable].sort());
    for (const [ref, { cost }] of shown) {
      expect([ref, totalsOf(cost)]).toEqual([
        ref,
        totalsOf(truth.overviews.get(ref)?.cost),
      ]);
    }
  });

  it('an entity that is not theirs: the same answer as one that is not there', async () => {
    const answer = async (name: string) => {
      const response = await demo.ask(
        userEntityRef,
        `/v1/entities/component/default/${name}/costs?from=${months.to}-01&to=${months.to}-02`,
      );
      const { error } = await response.json();
      return [response.status, error.message.replace(name, 'it')];
    };
    const there = hidden.filter(ref => ref.startsWith('component:'));
    const answers = await Promise.all(
      there.slice(0, 1).map(ref => answer(ref.split('/')[1])),
    );
    expect(answers).toEqual(all ? [] : [await answer('not-there-at-all')]);
  });

  it('portfolio: rows of what is theirs, which add up to its totals', () => {
    const { entity, owner } = views.portfolios;
    expect(new Set(entity.rows.map(({ key }) => key))).toEqual(
      new Set(
        truth.portfolios.entity.rows
          .map(({ key }) => key)
          .filter(key => key && readable.has(key)),
      ),
    );
    const totals = Object.fromEntries(
      entity.totals
        .filter(({ rows }) => rows > 0)
        .map(({ currency, total }) => [currency, total]),
    );
    expect(totals).toEqual(sums(readable));
    const owners = new Set(owner.rows.map(({ key }) => key));
    expect(all ? owners.size > 1 : [...owners]).toEqual(
      all ? true : [teamEntityRef],
    );
    expect(entity.entities.hidden).toBe(hidden.length);
  });

  it('shared and unallocated cost: only for who sees everything', () => {
    for (const portfolio of Object.values(views.portfolios)) {
      expect([
        portfolio.shared !== undefined,
        portfolio.unallocated !== undefined,
        portfolio.totals.some(({ everything }) => everything),
      ]).toEqual([all, all, all]);
    }
    for (const statement of views.statements) {
      expect(statement.buckets).toBe(all ? 'included' : 'left-out');
      expect(
        statement.items.some(({ kind }) =>
          ['shared', 'unallocated'].includes(kind),
        ),
      ).toBe(all);
    }
  });

  it('statements and CSV: lines of what is theirs, and how many entities are left out', () => {
    expect(views.statements.map(({ leftOut }) => leftOut > 0)).toEqual(
      views.statements.map(() => !all),
    );
    const refs = views.statements.flatMap(({ items }) =>
      items.flatMap(({ kind, ref }) => (kind === 'entity' && ref ? [ref] : [])),
    );
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter(ref => !readable.has(ref))).toEqual([]);
    for (const text of views.csv) {
      expect(text.split('\r\n')[0]).toContain('EffectiveCost');
      expect(hidden.filter(ref => text.includes(`${ref},`))).toEqual([]);
      expect(text.includes('plumbline:unallocated')).toBe(all);
    }
  });

  it('nothing that is hidden can be had by subtraction', () => {
    const secrets = new Map<bigint, string>();
    const keep = (name: string, amounts: string[]) => {
      for (const amount of amounts) {
        const [nanos] = amountsIn(amount);
        // What costs less than a unit may be anything's difference.
        if (
          nanos !== undefined &&
          (nanos > 1_000_000_000n || nanos < -1_000_000_000n)
        ) {
          secrets.set(nanos, name);
        }
      }
    };
    for (const { key, total, months: series } of truth.portfolios.entity.rows) {
      if (key && !readable.has(key)) {
        keep(key, [total, ...series.map(({ amount }) => amount)]);
      }
    }
    if (!all) {
      const { shared = [], unallocated = [], totals } = truth.portfolios.entity;
      for (const figures of [...shared, ...unallocated, ...totals]) {
        keep('a bucket or the whole bill', [
          figures.total,
          ...figures.months.map(({ amount }) => amount),
        ]);
      }
    }
    expect(secrets.size > 0).toBe(!all);
    expect(hadBySubtraction(views.texts.flatMap(amountsIn), secrets)).toEqual(
      [],
    );
  });
});
