import type { Config } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import type { FocusExport } from '../config';
import type { ExportStorage } from './ExportStorage';
import { LocalStorage } from './LocalStorage';
import { S3Storage } from './S3Storage';

/**
 * The storage of an export. Credentials are those of `aws` in the configuration.
 *
 * @internal
 */
export function createStorage(
  location: FocusExport['location'],
  config: Config,
): ExportStorage {
  return 'path' in location
    ? LocalStorage.create(location)
    : S3Storage.create({
        ...location.s3,
        credentials: DefaultAwsCredentialsManager.fromConfig(config),
      });
}
