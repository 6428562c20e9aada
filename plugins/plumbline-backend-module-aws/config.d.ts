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
  };
}
