import type { HumanDuration } from '@backstage/types';
import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /**
   * Plumbline: what each entity costs, and how far it is out of true.
   * @visibility backend
   */
  plumbline?: {
    /**
     * Business metrics that costs are held against.
     * @visibility backend
     */
    metrics?: {
      /**
       * CSV files with the columns `date,entity,metric,value`.
       * @visibility backend
       */
      csv?: Array<{
        /**
         * Unique and stable: lower-case letters, digits and hyphens. The source is called `csv:<name>`.
         * @visibility backend
         */
        name: string;
        /**
         * What people read; `Metrics <name>` by default.
         * @visibility backend
         */
        title?: string;
        /**
         * A file of the back end's machine. Either this or `url`.
         * @visibility backend
         */
        path?: string;
        /**
         * A URL that `integrations` or `backend.reading.allow` let Backstage read, without user and password: credentials
         * belong under `integrations`. Secret, as its query may hold a signature; people see host and path. Either this
         * or `path`.
         * @visibility secret
         */
        url?: string;
        /**
         * How many months before the present one are read again; 24 by default.
         * @visibility backend
         */
        restatedMonths?: number;
        /**
         * When it is read; every 6 hours by default.
         * @visibility backend
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;

      /**
       * Prometheus servers, or what answers like one.
       * @visibility backend
       */
      prometheus?: Array<{
        /**
         * Unique and stable: lower-case letters, digits and hyphens. The source is called `prometheus:<name>`.
         * @visibility backend
         */
        name: string;
        /**
         * What people read; `Prometheus <name>` by default.
         * @visibility backend
         */
        title?: string;
        /**
         * Where its API begins, such as `https://prometheus.example.com`; `/api/v1/query_range` follows. Without user,
         * password and query: a token belongs into `token`.
         * @visibility backend
         */
        baseUrl: string;
        /**
         * Bearer token.
         * @visibility secret
         */
        token?: string;
        /**
         * How long one answer may take; 30 seconds by default.
         * @visibility backend
         */
        timeout?: HumanDuration | string;
        /**
         * How many months before the present one are read again; 0 by default.
         * @visibility backend
         */
        restatedMonths?: number;
        /**
         * When it is read; every 6 hours by default.
         * @visibility backend
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * What to ask it for.
         * @visibility backend
         */
        queries: Array<{
          /**
           * Name of the metric in Plumbline: letters, digits and `._:/-`.
           * @visibility backend
           */
          metric: string;
          /**
           * PromQL that gives the total of the 24 hours before, such as `sum by (service) (increase(requests_total[1d]))`.
           * @visibility backend
           */
          query: string;
          /**
           * The entity that all of it belongs to, as `kind:namespace/name`. Either this or `entityLabel`.
           * @visibility backend
           */
          entity?: string;
          /**
           * The label that names the entity; a bare name is that of a Component. Either this or `entity`.
           * @visibility backend
           */
          entityLabel?: string;
        }>;
      }>;
    };
  };
}
