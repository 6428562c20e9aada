import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /**
   * Plumbline: what each entity costs, and how far it is out of true.
   * @visibility backend
   */
  plumbline?: {
    /**
     * AWS accounts whose costs are asked of Cost Explorer, for those without a billing export. Each call costs $0.01.
     * @visibility backend
     */
    costExplorer?: Array<{
      /**
       * Unique and stable: lower-case letters, digits and hyphens. The source is called `cost-explorer:<name>`.
       * @visibility backend
       */
      name: string;
      /**
       * What people read; `Cost Explorer <name>` by default.
       * @visibility backend
       */
      title?: string;
      /**
       * One of the accounts in `aws.accounts`, whose credentials or role are used: the management account of an
       * organization sees all of its accounts. The main account by default.
       * @visibility backend
       */
      accountId?: string;
      /**
       * Region that Cost Explorer is asked in; `us-east-1` by default, where it answers for all regions. China: `cn-northwest-1`.
       * @visibility backend
       */
      region?: string;
      /**
       * URL of a service that speaks Cost Explorer, for tests.
       * @visibility backend
       */
      endpoint?: string;
      /**
       * What tells apart the costs of an account, beside the service. Either of the two.
       * @visibility backend
       */
      detailBy: {
        /**
         * Key of an active cost-allocation tag, such as `service` or `plumbline:entity`.
         * @visibility backend
         */
        tag?: string;
        /**
         * Name of a cost category.
         * @visibility backend
         */
        costCategory?: string;
      };
      /**
       * Only these accounts; by default all that the credentials see.
       * @visibility backend
       */
      linkedAccounts?: string[];
      /**
       * How many accounts are told apart by tag or cost category, the dearest first: each takes a call. All others
       * are told apart by service only. 10 by default.
       * @visibility backend
       */
      maxDetailAccounts?: number;
      /**
       * Calls a day (UTC) at most, $0.01 each; 30 by default. When they are used up the source stops, says so, and
       * goes on the next day.
       * @visibility backend
       */
      paidCallsPerDay?: number;
      /**
       * When Cost Explorer is asked; every 24 hours by default.
       * @visibility backend
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      /**
       * How many months before the present one are asked for again, for late and restated charges; 1 by default.
       * @visibility backend
       */
      restatedMonths?: number;
    }>;

    /**
     * Business metrics that costs are held against, from CloudWatch. One entry for each account and region.
     * @visibility backend
     */
    cloudWatch?: Array<{
      /**
       * Unique and stable: lower-case letters, digits and hyphens. The source is called `cloudwatch:<name>`.
       * @visibility backend
       */
      name: string;
      /**
       * What people read; `CloudWatch <name>` by default.
       * @visibility backend
       */
      title?: string;
      /**
       * One of the accounts in `aws.accounts`, whose credentials or role are used. The main account by default.
       * @visibility backend
       */
      accountId?: string;
      /**
       * Region whose metrics are read, such as `eu-central-1`.
       * @visibility backend
       */
      region: string;
      /**
       * URL of a service that speaks CloudWatch, for tests.
       * @visibility backend
       */
      endpoint?: string;
      /**
       * Calls a day (UTC) at most; 30 by default. A call asks for 500 metrics at most, $0.01 for each 1,000. When they
       * are used up the source stops, says so, and goes on the next day.
       * @visibility backend
       */
      paidCallsPerDay?: number;
      /**
       * When CloudWatch is asked; every 24 hours by default.
       * @visibility backend
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      /**
       * How many months before the present one are read again, for late values; 1 by default.
       * @visibility backend
       */
      restatedMonths?: number;
      /**
       * What to ask for. Those with the same `metric` and entity add up.
       * @visibility backend
       */
      metrics: Array<{
        /**
         * Name of the metric in Plumbline: letters, digits and `._:/-`.
         * @visibility backend
         */
        metric: string;
        /**
         * The entity that it belongs to, as `kind:namespace/name`. Either this or `entityDimension`.
         * @visibility backend
         */
        entity?: string;
        /**
         * A dimension whose value names the entity: one series for each of the values. Either this or `entity`.
         * @visibility backend
         */
        entityDimension?: {
          /**
           * Name of the dimension, such as `ApiName`.
           * @visibility backend
           */
          name: string;
          /**
           * Its values; a bare name is that of a Component.
           * @visibility backend
           */
          values: string[];
        };
        /**
         * Such as `AWS/ApiGateway`. Case counts.
         * @visibility backend
         */
        namespace?: string;
        /**
         * Name of the metric in CloudWatch. Either this or `expression`.
         * @visibility backend
         */
        metricName?: string;
        /**
         * All dimensions of the metric: CloudWatch does not add up those that are left out.
         * @visibility backend
         */
        dimensions?: {
          /**
           * Value of the dimension.
           * @visibility backend
           */
          [name: string]: string;
        };
        /**
         * `Sum` by default; `Average`, `Minimum`, `Maximum`, `SampleCount`, or one such as `p99`.
         * @visibility backend
         */
        statistic?: string;
        /**
         * Only values in this unit, such as `Count`; all by default.
         * @visibility backend
         */
        unit?: string;
        /**
         * What a day is of which CloudWatch has no value. `unknown` by default. `zero` where the metric has none on days
         * on which nothing happened; a month without any value is unknown all the same.
         * @visibility backend
         */
        missing?: 'unknown' | 'zero';
        /**
         * Metric math over `inputs`, such as `all - errors`. Without `SEARCH` and `METRICS`.
         * @visibility backend
         */
        expression?: string;
        /**
         * The metrics that `expression` names.
         * @visibility backend
         */
        inputs?: Array<{
          /**
           * Name in the expression; unique in the entry. It begins with a small letter.
           * @visibility backend
           */
          id: string;
          /**
           * Such as `AWS/ApiGateway`.
           * @visibility backend
           */
          namespace: string;
          /**
           * Name of the metric in CloudWatch.
           * @visibility backend
           */
          metricName: string;
          /**
           * All dimensions of the metric.
           * @visibility backend
           */
          dimensions?: {
            /**
             * Value of the dimension.
             * @visibility backend
             */
            [name: string]: string;
          };
          /**
           * `Sum` by default.
           * @visibility backend
           */
          statistic?: string;
          /**
           * Only values in this unit; all by default.
           * @visibility backend
           */
          unit?: string;
        }>;
      }>;
    }>;
  };
}
