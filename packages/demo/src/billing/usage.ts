import { CloudResource, secondaryRegion } from '../company';
import { Meter, scenarios } from '../scenarios';
import { ExportCalendar } from './calendar';
import { noiseSeries, randomStream } from './noise';
import { serviceOf, shareOf, volumeOf } from './resourceVolume';
import { seasonOf } from './season';
import { SkuName } from './skus';
import {
  apiVolumes,
  bucketVolumes,
  natVolumes,
  queueVolumes,
  Rhythm,
  tableVolumes,
  workflowVolumes,
} from './volumes';

/** What one resource uses of one SKU, day by day. */
export type UsageSeries = {
  sku: SkuName;
  /** Undefined for what no scenario can change. */
  meter?: Meter;
  /** In the SKU's unit. */
  quantities: number[];
};

const gbPerKb = 1e-6;
const mbPerGb = 1024;
const dayOfMonth = 1 / 30.4375;

/** Makes the usage of resources from a seed. */
export class UsageModel {
  private constructor(
    private readonly seed: number,
    private readonly calendar: ExportCalendar,
  ) {}

  static create(options: {
    seed: number;
    calendar: ExportCalendar;
  }): UsageModel {
    return new UsageModel(options.seed, options.calendar);
  }

  /** Usage of a resource, with what the scenarios do to it. */
  of(resource: CloudResource): UsageSeries[] {
    return this.withoutScenarios(resource).map(series =>
      this.withScenarios(resource, series),
    );
  }

  /** Activity around 1; the same for a function and its log group. */
  activity(name: string, rhythm: Rhythm, spread = 0.05): number[] {
    const noise = noiseSeries(
      randomStream(this.seed, name),
      this.calendar.days,
      spread,
    );
    return noise.map(
      (value, day) => value * seasonOf(this.calendar, rhythm, day),
    );
  }

  private constant(value: number): number[] {
    return new Array<number>(this.calendar.days).fill(value);
  }

  private growing(gb: number, daily: number): number[] {
    return Array.from(
      { length: this.calendar.days },
      (_, day) => gb * (1 + daily) ** day * dayOfMonth,
    );
  }

  private activityOf(resource: CloudResource, rhythm: Rhythm): number[] {
    const service = serviceOf(resource);
    const { environment = 'none', region } = resource;
    const share = shareOf(resource);
    const production = share >= 0.1;
    return this.activity(
      `${service}/${environment}/${region}`,
      production || rhythm === 'flat' ? rhythm : 'office',
      production ? 0.05 : 0.18,
    ).map(value => value * share);
  }

  private withoutScenarios(resource: CloudResource): UsageSeries[] {
    const { configuration } = resource;
    switch (configuration.kind) {
      case 'lambda-function':
        return this.lambda(resource, configuration);
      case 'log-group': {
        const { requests, logKb, rhythm } = volumeOf(resource);
        const gb = requests * 1000 * logKb * gbPerKb;
        return [
          {
            sku: 'logIngestion',
            meter: 'ingestion',
            quantities: this.activityOf(resource, rhythm).map(a => a * gb),
          },
          {
            sku: 'logStorage',
            quantities: this.growing(
              gb * configuration.retentionDays * 0.15,
              0.0005,
            ),
          },
        ];
      }
      case 'dynamodb-table':
        return this.table(resource, configuration);
      case 's3-bucket':
        return this.bucket(resource);
      case 'http-api': {
        const { requests, gb } = apiVolumes[serviceOf(resource)];
        const activity = this.activityOf(resource, 'shop');
        return [
          {
            sku: 'httpApiRequests',
            meter: 'requests',
            quantities: activity.map(a => a * requests * 1000),
          },
          {
            sku: 'httpApiTransfer',
            meter: 'bytes',
            quantities: activity.map(a => a * gb),
          },
        ];
      }
      case 'sqs-queue': {
        const { requests, rhythm } = queueVolumes[serviceOf(resource)];
        return [
          {
            sku: 'queueRequests',
            meter: 'requests',
            quantities: this.activityOf(resource, rhythm).map(
              a => a * requests * 1000,
            ),
          },
        ];
      }
      case 'state-machine': {
        const { transitions, rhythm } = workflowVolumes[serviceOf(resource)];
        return [
          {
            sku: 'stateTransitions',
            meter: 'requests',
            quantities: this.activityOf(resource, rhythm).map(
              a => a * transitions * 1000,
            ),
          },
        ];
      }
      case 'nat-gateway': {
        const activity = this.activity(resource.name, 'shop', 0.06);
        return [
          { sku: 'natHours', quantities: this.constant(24) },
          {
            sku: 'natBytes',
            meter: 'bytes',
            quantities: activity.map(a => a * natVolumes[resource.name]),
          },
        ];
      }
      case 'azure-function-app':
        return this.serverless(
          resource,
          'azureExecutions',
          'azureDuration',
          0.5,
        );
      case 'gcp-function':
        return this.serverless(
          resource,
          'gcpInvocations',
          'gcpDuration',
          configuration.memoryMb / mbPerGb,
        );
      case 'azure-storage-account':
        return [
          { sku: 'azureBlobStorage', quantities: this.growing(180, 0.001) },
        ];
      case 'gcs-bucket':
        return [
          { sku: 'gcpBucketStorage', quantities: this.growing(320, 0.0008) },
        ];
      case 'ec2-instance':
        return [{ sku: 'instanceHours', quantities: this.constant(24) }];
      case 'ebs-volume':
        return [
          {
            sku: 'volumeStorage',
            quantities: this.constant(configuration.sizeGb * dayOfMonth),
          },
        ];
      default:
        return [
          { sku: 'databaseHours', quantities: this.constant(24) },
          {
            sku: 'databaseStorage',
            quantities: this.growing(configuration.storageGb, 0.0009),
          },
        ];
    }
  }

  private lambda(
    resource: CloudResource,
    configuration: Extract<
      CloudResource['configuration'],
      { kind: 'lambda-function' }
    >,
  ): UsageSeries[] {
    const { architecture, memoryMb, provisionedConcurrency } = configuration;
    const arm = architecture === 'arm64';
    const gb = memoryMb / mbPerGb;
    return [
      ...this.serverless(
        resource,
        'lambdaRequests',
        arm ? 'lambdaDurationArm' : 'lambdaDurationX86',
        gb,
      ),
      ...(provisionedConcurrency
        ? [
            {
              sku: 'lambdaProvisioned' as const,
              quantities: this.constant(provisionedConcurrency * gb * 86_400),
            },
          ]
        : []),
    ];
  }

  private serverless(
    resource: CloudResource,
    requestSku: SkuName,
    durationSku: SkuName,
    gb: number,
  ): UsageSeries[] {
    const { requests, ms, rhythm } = volumeOf(resource);
    const activity = this.activityOf(resource, rhythm);
    const wander = noiseSeries(
      randomStream(this.seed, `${resource.id}/duration`),
      this.calendar.days,
      0.02,
    );
    const counts = activity.map(a => Math.round(a * requests * 1000));
    return [
      { sku: requestSku, meter: 'requests', quantities: counts },
      {
        sku: durationSku,
        meter: 'duration',
        quantities: counts.map(
          (count, day) => (count * ms * wander[day] * gb) / 1000,
        ),
      },
    ];
  }

  private table(
    resource: CloudResource,
    configuration: Extract<
      CloudResource['configuration'],
      { kind: 'dynamodb-table' }
    >,
  ): UsageSeries[] {
    const { reads, writes, gb, rhythm } = tableVolumes[serviceOf(resource)];
    const { mode, readCapacity = 0, writeCapacity = 0 } = configuration;
    const share = shareOf(resource);
    const activity = this.activityOf(resource, rhythm);
    const throughput: UsageSeries[] =
      mode === 'provisioned'
        ? [
            {
              sku: 'tableReadCapacity',
              quantities: this.constant(readCapacity * share * 24),
            },
            {
              sku: 'tableWriteCapacity',
              quantities: this.constant(writeCapacity * share * 24),
            },
          ]
        : [
            {
              sku: 'tableReads',
              meter: 'reads',
              quantities: activity.map(a => Math.round(a * reads * 1e6)),
            },
            {
              sku: 'tableWrites',
              meter: 'writes',
              quantities: activity.map(a => Math.round(a * writes * 1e6)),
            },
          ];
    return [
      ...throughput,
      { sku: 'tableStorage', quantities: this.growing(gb * share, 0.0004) },
      ...(configuration.pointInTimeRecovery
        ? [
            {
              sku: 'tableBackup' as const,
              quantities: this.growing(gb * share, 0.0004),
            },
          ]
        : []),
    ];
  }

  private bucket(resource: CloudResource): UsageSeries[] {
    const volume = bucketVolumes[resource.name];
    const activity = this.activity(resource.name, 'shop', 0.06);
    return [
      {
        sku: 'bucketStorage',
        meter: 'storage',
        quantities: this.growing(volume.gb, volume.growth),
      },
      {
        sku: 'bucketWrites',
        meter: 'writes',
        quantities: activity.map(a => Math.round(a * volume.writes * 1000)),
      },
      {
        sku: 'bucketReads',
        meter: 'reads',
        quantities: activity.map(a => Math.round(a * volume.reads * 1000)),
      },
    ];
  }

  private withScenarios(
    resource: CloudResource,
    series: UsageSeries,
  ): UsageSeries {
    const { meter } = series;
    const effects = scenarios.flatMap(({ period, effects: all }) =>
      period && meter
        ? all
            .filter(
              effect =>
                effect.resource === resource.name &&
                effect.meters.includes(meter) &&
                !(resource.tags.service && resource.region === secondaryRegion),
            )
            .map(({ factor }) => ({
              factor,
              from: this.calendar.relative(period.fromDay),
              to: this.calendar.relative(period.toDay ?? 0),
            }))
        : [],
    );
    if (effects.length === 0) {
      return series;
    }
    return {
      ...series,
      quantities: series.quantities.map((quantity, day) =>
        effects.reduce(
          (value, { factor, from, to }) =>
            day >= from && day <= to ? value * factor : value,
          quantity,
        ),
      ),
    };
  }
}
