import { CloudResource, Company, Environment, IacEngine } from '../company';

/** One thing as code declares it, with everything that it became in the clouds. */
export interface DeclaredResource {
  engine: IacEngine;
  address: string;
  /** The last part of the address, which Terraform calls the name. */
  label: string;
  configuration: CloudResource['configuration'];
  /** Its name in the cloud with the environment left open, as Terraform writes it. */
  nameTemplate: string;
  /** Tags without the environment, which the stack knows. */
  tags: Record<string, string>;
  environments: readonly Environment[];
  regions: readonly string[];
  instances: readonly CloudResource[];
}

/** What the company declares in one repository, by file. */
export function declarationsOf(
  company: Company,
  repository: string,
): Map<string, DeclaredResource[]> {
  const byFile = new Map<string, Map<string, CloudResource[]>>();
  for (const resource of company.resources) {
    const { declaredIn } = resource;
    if (declaredIn?.repository === repository) {
      const file = byFile.get(declaredIn.path) ?? new Map();
      byFile.set(declaredIn.path, file);
      const instances = file.get(declaredIn.address) ?? [];
      file.set(declaredIn.address, [...instances, resource]);
    }
  }
  return new Map(
    [...byFile].map(([path, file]) => [path, [...file.values()].map(describe)]),
  );
}

function describe(instances: CloudResource[]): DeclaredResource {
  const [first] = instances;
  const { declaredIn } = first;
  if (!declaredIn) {
    throw new Error(`The resource ${first.id} is declared nowhere`);
  }
  const { environment: _environment, ...tags } = first.tags;
  return {
    engine: declaredIn.engine,
    address: declaredIn.address,
    label: declaredIn.address.split('.').pop() ?? declaredIn.address,
    configuration: first.configuration,
    nameTemplate: first.environment
      ? first.name.replace(
          new RegExp(`-${first.environment}$`),
          '-${var.environment}',
        )
      : first.name,
    tags,
    environments: unique(instances.map(({ environment }) => environment)),
    regions: unique(instances.map(({ region }) => region)),
    instances,
  };
}

function unique<T>(values: readonly (T | undefined)[]): T[] {
  const set = new Set<T>();
  for (const value of values) {
    if (value !== undefined) {
      set.add(value);
    }
  }
  return [...set];
}

/** Narrows a resource to one kind of configuration. */
export type OfKind<K extends CloudResource['configuration']['kind']> =
  DeclaredResource & {
    configuration: Extract<CloudResource['configuration'], { kind: K }>;
  };

/** Whether a resource is of a kind. */
export function isOfKind<K extends CloudResource['configuration']['kind']>(
  resource: DeclaredResource,
  kind: K,
): resource is OfKind<K> {
  return resource.configuration.kind === kind;
}
