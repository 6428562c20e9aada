import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  toUrlPlace,
  type Place,
} from '@plumbline/backstage-plugin-plumbline-node';

interface Common {
  name: string;
  title: string;
  schedule: SchedulerServiceTaskScheduleDefinition;
  restatedMonths: number;
}

/** One file of `plumbline.metrics.csv`. @internal */
export interface CsvConfig extends Common {
  place: Place;
}

/** What a Prometheus server is asked for. @internal */
export interface PrometheusQuery {
  metric: string;
  query: string;
  of: { entity: EntityRef } | { label: string };
}

/** One server of `plumbline.metrics.prometheus`. @internal */
export interface PrometheusConfig extends Common {
  baseUrl: URL;
  token?: string;
  timeoutMs: number;
  queries: PrometheusQuery[];
}

const TIMEOUT_MS = 30_000;
/** All of a file is there each time: what was corrected is taken, however old. */
const CSV_MONTHS = 24;

/**
 * Reads `plumbline.metrics.csv`.
 *
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readCsvConfigs(root: Config): CsvConfig[] {
  return readEach(root, 'plumbline.metrics.csv', (entry, where) => {
    const path = entry.getOptionalString('path');
    const url = entry.getOptionalString('url');
    if (Boolean(path) === Boolean(url)) {
      throw new InputError(`${where} needs either 'path' or 'url'`);
    }
    return {
      ...readCommon(entry, where, 'Metrics', CSV_MONTHS),
      place: url ? toUrlPlace(url, `${where}.url`) : { path: path ?? '' },
    };
  });
}

/**
 * Reads `plumbline.metrics.prometheus`.
 *
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readPrometheusConfigs(root: Config): PrometheusConfig[] {
  return readEach(root, 'plumbline.metrics.prometheus', (entry, where) => {
    const queries = entry.getOptionalConfigArray('queries') ?? [];
    if (queries.length === 0) {
      throw new InputError(
        `${where}.queries is empty; say what to ask for by a metric and a query`,
      );
    }
    const token = entry.getOptionalString('token');
    return {
      ...readCommon(entry, where, 'Prometheus', 0),
      baseUrl: readUrl(entry.getOptionalString('baseUrl') ?? '', where),
      ...(token && { token }),
      timeoutMs: entry.has('timeout')
        ? durationToMilliseconds(
            readDurationFromConfig(entry, { key: 'timeout' }),
          )
        : TIMEOUT_MS,
      queries: queries.map((query, index) =>
        readQuery(query, `${where}.queries[${index}]`),
      ),
    };
  });
}

function readEach<T extends Common>(
  root: Config,
  key: string,
  read: (entry: Config, where: string) => T,
): T[] {
  const names = new Set<string>();
  return (root.getOptionalConfigArray(key) ?? []).map((entry, index) => {
    const item = read(entry, `${key}[${index}]`);
    if (names.has(item.name)) {
      throw new InputError(
        `${key}: two are called '${item.name}'; rename one of them`,
      );
    }
    names.add(item.name);
    return item;
  });
}

function readCommon(
  entry: Config,
  where: string,
  kind: string,
  months: number,
): Common {
  const name = entry.getOptionalString('name') ?? '';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new InputError(
      `${where}.name is '${name}'; write lower-case letters, digits and hyphens`,
    );
  }
  const restatedMonths = entry.getOptionalNumber('restatedMonths') ?? months;
  if (!Number.isInteger(restatedMonths) || restatedMonths < 0) {
    throw new InputError(
      `${where}.restatedMonths is ${restatedMonths}; write a whole number from 0`,
    );
  }
  return {
    name,
    title: entry.getOptionalString('title') ?? `${kind} ${name}`,
    restatedMonths,
    schedule: entry.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          entry.getConfig('schedule'),
        )
      : { frequency: { hours: 6 }, timeout: { minutes: 30 } },
  };
}

function readUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${where}.baseUrl is no URL such as https://prometheus.example.com`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${where}.baseUrl holds a user, a password or a query; take it out. A token belongs into 'token', best from the environment; a server that asks for a password needs a proxy that takes a token`,
    );
  }
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}

function readQuery(entry: Config, where: string): PrometheusQuery {
  const metric = entry.getOptionalString('metric') ?? '';
  if (!/^[\w.:/-]{1,128}$/.test(metric)) {
    throw new InputError(
      `${where}.metric is '${metric}'; write letters, digits and ._:/-`,
    );
  }
  const entity = entry.getOptionalString('entity');
  const label = entry.getOptionalString('entityLabel');
  if (Boolean(entity) === Boolean(label)) {
    throw new InputError(`${where} needs either 'entity' or 'entityLabel'`);
  }
  return {
    metric,
    query: entry.getString('query'),
    of: entity ? { entity: refOf(entity, where) } : { label: label ?? '' },
  };
}

function refOf(text: string, where: string): EntityRef {
  try {
    return toEntityRef(text);
  } catch (error) {
    throw new InputError(
      `${where}.entity is '${text}'; write it as kind:namespace/name`,
      error,
    );
  }
}
