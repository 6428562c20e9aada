import {
  databases,
  entity,
  readFrom,
} from '../../bindings/__testUtils__/BindingsFixture';
import { SharingFixture } from './__testUtils__/SharingFixture';
import { RuleStore } from './RuleStore';
import { shareProblemOf } from './ShareRules';

jest.setTimeout(120_000);

const url = (repository: string, file: string) =>
  `https://github.com/acme/${repository}/blob/main/${file}`;

/** The file of a repository that shares entities' cost with one consumer each. */
const file = (shares: Record<string, string>) =>
  [
    'version: 1',
    'entities:',
    ...Object.entries(shares).flatMap(([name, consumer]) => [
      `  component:default/${name}:`,
      `    paths: ["${name}/**"]`,
      '    shares:',
      '      by: fixed',
      '      from: 2026-02-01',
      `      consumers: [{ entity: component:default/${consumer}, weight: 2 }]`,
    ]),
  ].join('\n');

describe.each(databases.eachSupportedId())('ShareRules on %s', databaseId => {
  async function setUp(
    files: Record<string, string>,
    allocation = {},
    names: string[] = ['one', 'two'],
  ) {
    const fixture = await SharingFixture.create(databaseId, allocation);
    const { bindings } = fixture;
    for (const [repository, text] of Object.entries(files)) {
      for (const name of ['.plumbline.yaml']) {
        bindings.files.set(
          `https://github.com/acme/${repository}/blob/HEAD/${name}`,
          text,
        );
      }
    }
    bindings.entities = names.map(name =>
      entity(
        `Component:${name}`,
        readFrom(url('infra', `${name}/catalog-info.yaml`)),
      ),
    );
    await bindings.pass();
    await fixture.sync();
    const rules = await RuleStore.create(fixture).list();
    return {
      fixture,
      rules: rules.map(({ rule }) =>
        rule.kind === 'share'
          ? `${rule.entityRef} → ${rule.consumers
              .map(({ entityRef }) => entityRef)
              .join()} by ${
              rule.origin.kind === 'repository'
                ? rule.origin.repository
                : 'operator'
            }`
          : rule.name,
      ),
      problem: (name: string) =>
        shareProblemOf(fixture.database, `component:default/${name}` as never),
    };
  }

  const given = 'component:default/one → component:default/two';

  it('takes the word of a repository that is confirmed to hold the code', async () => {
    const { rules, problem, fixture } = await setUp({
      infra: file({ one: 'two' }),
    });
    expect(rules).toEqual([`${given} by github.com/acme/infra`]);
    expect(await problem('one')).toBeUndefined();

    // Gone from the file, it is gone from the day on.
    fixture.bindings.files.clear();
    fixture.bindings.nextDay();
    await fixture.bindings.pass();
    expect(await fixture.sync()).toBe(true);
    expect(
      (await RuleStore.create(fixture).list()).map(({ toDay }) => toDay),
    ).toEqual([fixture.bindings.today]);
  });

  it('takes nobody’s word for entities of others', async () => {
    const { rules } = await setUp({
      infra: file({ stranger: 'two', three: 'two' }),
    });
    expect(rules).toEqual([]);
  });

  it('takes no repository’s word where the operator does not want it', async () => {
    const { rules, problem } = await setUp(
      { infra: file({ one: 'two' }) },
      { acceptFromRepositories: false },
    );
    expect(rules).toEqual([]);
    expect(await problem('one')).toMatch(/acceptFromRepositories/);
  });

  it('lets the operator’s word come first', async () => {
    const { rules, problem } = await setUp(
      { infra: file({ one: 'two' }) },
      {
        shares: [
          {
            entity: 'component:default/one',
            by: 'equal',
            consumers: [{ entity: 'component:default/three' }],
          },
        ],
      },
    );
    expect(rules).toEqual([
      'component:default/one → component:default/three by operator',
    ]);
    expect(await problem('one')).toMatch(/operator's rule counts/);
  });

  it('refuses chains by name', async () => {
    const { rules, problem } = await setUp(
      { infra: file({ one: 'two', two: 'three' }) },
      {},
      ['one', 'two', 'three'],
    );
    expect(rules).toEqual([
      'component:default/two → component:default/three by github.com/acme/infra',
    ]);
    expect(await problem('one')).toMatch(
      /does not count: it gives a part to component:default\/two/,
    );
  });

  it('refuses to share what the operator’s rule shares already', async () => {
    const { rules, problem } = await setUp(
      { infra: file({ two: 'three' }) },
      {
        shares: [
          {
            entity: 'component:default/one',
            by: 'equal',
            consumers: [{ entity: 'component:default/two' }],
          },
        ],
      },
    );
    expect(rules).toEqual([`${given} by operator`]);
    expect(await problem('two')).toMatch(/is not shared again/);
  });
});
