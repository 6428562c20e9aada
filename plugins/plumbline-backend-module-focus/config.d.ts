import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /**
   * Plumbline: what each entity costs, and how far it is out of true.
   * @visibility backend
   */
  plumbline?: {
    /**
     * Billing exports in the FOCUS format, versions 1.0 to 1.4.
     * @visibility backend
     */
    focus?: {
      /**
       * The exports to read: Parquet, CSV and CSV.gz files, in a directory or on S3.
       * @visibility backend
       */
      exports?: Array<{
        /**
         * Unique and stable: lower-case letters, digits and hyphens. The source is called `focus:<name>`.
         * @visibility backend
         */
        name: string;
        /**
         * What people read; `Billing export <name>` by default.
         * @visibility backend
         */
        title?: string;
        /**
         * A directory, or a single file, of the back end's machine. Either this or `s3`.
         * @visibility backend
         */
        path?: string;
        /**
         * Where the export lies on S3. Either this or `path`.
         * @visibility backend
         */
        s3?: {
          /**
           * Name of the bucket.
           * @visibility backend
           */
          bucket: string;
          /**
           * Where the export begins, such as `exports/focus`; the whole bucket by default.
           * @visibility backend
           */
          prefix?: string;
          /**
           * Region of the bucket; that of the AWS SDK's environment by default.
           * @visibility backend
           */
          region?: string;
          /**
           * One of the accounts in `aws.accounts`, whose credentials or role are used; the main account by default.
           * @visibility backend
           */
          accountId?: string;
          /**
           * URL of a service that speaks S3, where it isn't AWS's.
           * @visibility backend
           */
          endpoint?: string;
        };
        /**
         * When the export is looked at; every 6 hours by default. Files that have not changed are not read again.
         * @visibility backend
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * How many months before the present one are looked at again for late and restated lines; 3 by default.
         * @visibility backend
         */
        restatedMonths?: number;
        /**
         * What reading may use of the machine.
         * @visibility backend
         */
        limits?: {
          /**
           * DuckDB's memory, such as `512MB`, which is the default; beyond it, it writes to the temporary directory.
           * @visibility backend
           */
          memory?: string;
          /**
           * Threads; 2 by default.
           * @visibility backend
           */
          threads?: number;
          /**
           * Bytes that the files of a month may have, inflated, and again what DuckDB may write to the temporary
           * directory; 64 GB by default. Keeps a broken or malicious file from filling the disk.
           * @visibility backend
           */
          maxBytes?: number;
          /**
           * Where downloads and overflow go for as long as a month is read; the system's temporary directory by default.
           * @visibility backend
           */
          temporaryDirectory?: string;
        };
      }>;
    };
  };
}
