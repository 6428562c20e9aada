import {
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  KindValidator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { plumblineYamlSchema } from '@plumbline/backstage-plugin-plumbline-common';
import { parse, parseAllDocuments } from 'yaml';
import { catalogEntities, catalogFiles, catalogRootUrl } from './catalog';
import { company } from './company';

const urls = {
  githubUrl: 'http://localhost:7017',
  giteaUrl: 'http://localhost:7018',
};

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators: KindValidator[] = [
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

const documentsIn = (text: string): Entity[] =>
  parseAllDocuments(text).map(document => document.toJS() as Entity);

/** Follows the root Location as the catalog does. */
function reach(): Entity[] {
  const files = new Map(
    catalogFiles(urls).flatMap(({ host, owner, name, files: byPath }) =>
      Object.entries(byPath).map(([path, text]) => [
        host === 'github'
          ? `${urls.githubUrl}/${owner}/${name}/blob/main/${path}`
          : `${urls.giteaUrl}/${owner}/${name}/src/branch/main/${path}`,
        text,
      ]),
    ),
  );
  const read = (url: string): Entity[] => {
    const text = files.get(url);
    if (text === undefined) {
      throw new Error(`Nothing lies at ${url}`);
    }
    return documentsIn(text).flatMap(entity =>
      entity.kind === 'Location'
        ? (entity.spec?.targets as string[]).flatMap(target =>
            read(new URL(target, url).toString()),
          )
        : [entity],
    );
  };
  return read(catalogRootUrl(urls));
}

describe('catalogFiles', () => {
  const entities = reach();
  const count = (kind: string) =>
    entities.filter(entity => entity.kind === kind).length;

  it('reaches every entity from the root Location, once', () => {
    const refs = entities.map(stringifyEntityRef).sort();
    expect(refs).toEqual(catalogEntities(urls).map(stringifyEntityRef));
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('has 5 systems, 12 teams and 60 components and resources', () => {
    expect(count('System')).toBe(5);
    expect(count('Domain')).toBe(3);
    expect(count('Group')).toBe(12);
    expect(count('Component') + count('Resource')).toBe(60);
  });

  it('holds valid entities only', async () => {
    for (const entity of entities) {
      await expect(policy.enforce(entity)).resolves.toBeDefined();
      const accepted = await Promise.all(
        validators.map(validator => validator.check(entity)),
      );
      expect(accepted.filter(Boolean)).toHaveLength(1);
    }
  });

  it('refers to entities that exist, but for the one without an owner', () => {
    const refs = new Set(entities.map(stringifyEntityRef));
    const dangling = entities.flatMap(entity => {
      const spec = entity.spec ?? {};
      const named = [
        ...(typeof spec.owner === 'string' ? [spec.owner] : []),
        ...(typeof spec.system === 'string'
          ? [`system:default/${spec.system}`]
          : []),
        ...(Array.isArray(spec.dependsOn) ? spec.dependsOn : []),
        ...(Array.isArray(spec.memberOf)
          ? spec.memberOf.map(group => `group:default/${group}`)
          : []),
      ];
      return named
        .filter(ref => !refs.has(String(ref)))
        .map(ref => `${stringifyEntityRef(entity)} -> ${ref}`);
    });
    expect(dangling).toEqual([
      'component:default/gift-registry -> group:default/gifting',
    ]);
  });

  it('lets a service owner own a few entities and no more', () => {
    const person = company.people.find(
      ({ signInAs }) => signInAs === 'service-owner',
    );
    const owned = company.entities.filter(
      ({ owner }) => owner === person?.team,
    );
    expect(owned.map(({ name }) => name)).toEqual([
      'payments-api',
      'payments-webhooks',
      'fraud-scoring',
      'payments-table',
      'payments-gateway',
    ]);
  });

  it('assigns paths in a .plumbline.yaml that Plumbline reads', () => {
    const assigned = catalogFiles(urls).flatMap(({ name, files }) =>
      files['.plumbline.yaml'] ? [[name, files['.plumbline.yaml']]] : [],
    );
    expect(assigned.map(([name]) => name)).toEqual(['infrastructure']);
    const content = plumblineYamlSchema.parse(parse(assigned[0][1]));
    const nat = content.entities['resource:default/shared-nat'];
    expect(nat.paths).toEqual(['stacks/network/**']);
    const refs = new Set(entities.map(stringifyEntityRef));
    expect(nat.shares?.consumers).toHaveLength(4);
    expect(
      nat.shares?.consumers.filter(({ entity }) => !refs.has(entity)),
    ).toEqual([]);
  });
});

describe('company', () => {
  it('names each cloud resource once and ties it to an entity of the catalog', () => {
    const ids = company.resources.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(
      company.entities.map(
        ({ kind, name }) => `${kind.toLowerCase()}:default/${name}`,
      ),
    );
    const strangers = company.resources.filter(
      ({ entityRef }) => entityRef !== undefined && !known.has(entityRef),
    );
    expect(strangers).toEqual([]);
  });

  it('has a resource of nobody whose tag names a component, to suggest a link by', () => {
    const hinted = company.resources.filter(
      ({ entityRef, tags }) => !entityRef && Object.keys(tags).length > 0,
    );
    expect(hinted.map(({ name, tags }) => [name, tags])).toEqual([
      ['tidemark-newsletter', { app: 'notification-sender' }],
    ]);
    expect(
      catalogEntities(urls).map(entity => stringifyEntityRef(entity)),
    ).toContain('component:default/notification-sender');
  });

  it('declares no two resources of one stack at the same address', () => {
    const places = company.resources.flatMap(({ declaredIn }) =>
      declaredIn
        ? [`${declaredIn.repository} ${declaredIn.stack} ${declaredIn.address}`]
        : [],
    );
    expect(new Set(places).size).toBe(places.length);
  });
});
