import type { HumanDuration } from '@backstage/types';
import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  plumbline?: {
    /**
     * How sources are collected.
     * @visibility backend
     */
    collect?: {
      /**
       * After how long without success a source's figures count as stale; 48 hours by default.
       * @visibility backend
       */
      staleAfter?: HumanDuration | string;

      /**
       * How far a source's data may lie behind today before its figures count as stale, however well its runs
       * end: an export that is delivered no more succeeds for ever. 5 days by default.
       * @visibility backend
       */
      dataStaleAfter?: HumanDuration | string;
    };

    /**
     * The two rows of cost that belongs to no entity: unallocated and shared.
     */
    buckets?: {
      /**
       * The group they belong to, as `group:namespace/name`. Where a policy goes by ownership, its members see
       * these rows; others see neither them nor what they could be worked out from.
       * @visibility backend
       */
      owner?: string;
    };

    /**
     * What may be spent. Each says whose costs it counts by exactly one of `entity`, `system`, `domain` and `owner`.
     */
    budgets?: Array<{
      /**
       * The entity, as `kind:namespace/name`: a Component or Resource with its own costs; a System, Domain or Group
       * with those of exactly its members.
       * @visibility backend
       */
      entity?: string;

      /**
       * The system whose members are counted.
       * @visibility backend
       */
      system?: string;

      /**
       * The domain whose members are counted.
       * @visibility backend
       */
      domain?: string;

      /**
       * The group whose components and resources are counted.
       * @visibility backend
       */
      owner?: string;

      /**
       * What to call it, where an entity has several.
       * @visibility backend
       */
      name?: string;

      /**
       * Only costs of this environment; all by default.
       * @visibility backend
       */
      environment?: string;

      /**
       * Plain decimal number above 0, in quotes.
       * @visibility backend
       */
      amount: string | number;

      /**
       * ISO 4217, such as `USD`. Costs in other currencies are not counted.
       * @visibility backend
       */
      currency: string;

      /**
       * Calendar period (UTC) that the amount is for; `month` by default.
       * @visibility backend
       */
      period?: 'month' | 'quarter' | 'year';

      /**
       * `effective` (amortised, what cards show; the default) or `billed` (what the invoice says).
       * @visibility backend
       */
      basis?: 'effective' | 'billed';

      /**
       * The first month it is for, as `'2026-01'`.
       * @visibility backend
       */
      from?: string;

      /**
       * The last month it is for, as `'2026-12'`.
       * @visibility backend
       */
      to?: string;
    }>;

    /**
     * How months are closed into statements, which never change afterwards.
     */
    statements?: {
      /**
       * How long after a month's end (UTC) it is closed, once every source is complete. 4 days by default: at the
       * beginning of the fifth day of the following month.
       * @visibility backend
       */
      closeAfter?: HumanDuration | string;

      /**
       * How long after Plumbline has first started with this database it closes the months that were over by then,
       * as stated after the fact. 7 days by default: time to put links right before they are frozen.
       * @visibility backend
       */
      historyAfter?: HumanDuration | string;
    };

    /**
     * Business metrics that costs are held against: what so many of something cost.
     */
    unitCosts?: Array<{
      /**
       * Name of the metric, as its source gives it.
       * @visibility backend
       */
      metric: string;

      /**
       * What is counted, in the plural, such as `requests`; the metric's name by default.
       * @visibility backend
       */
      label?: string;

      /**
       * For how many the cost is told; 1,000 by default.
       * @visibility backend
       */
      per?: number;

      /**
       * The entities it is for, as `kind:namespace/name`; all that ever had values of the metric by default.
       * @visibility backend
       */
      entities?: string[];
    }>;

    /**
     * A currency that figures are also shown in, converted. Exact figures stay as they are billed.
     */
    currency?: {
      /**
       * The reporting currency, ISO 4217, such as `EUR`.
       * @visibility backend
       */
      reporting: string;

      /**
       * Rates by date. A charge is converted by the latest one on or before its day. They come before `ratesFile`.
       */
      rates?: Array<{
        /**
         * Day it holds from, as `'2026-10-01'`.
         * @visibility backend
         */
        date: string;

        /**
         * ISO 4217.
         * @visibility backend
         */
        from: string;

        /**
         * ISO 4217.
         * @visibility backend
         */
        to: string;

        /**
         * How many of `to` one of `from` is: a plain decimal number above 0, in quotes.
         * @visibility backend
         */
        rate: string | number;
      }>;

      /**
       * Path, or URL that Backstage may read, of a CSV file with the columns `date,from,to,rate`, or as the European
       * Central Bank publishes it. It is read twice a day. A URL has no user and no password: credentials belong under
       * `integrations`. Secret, as its query may hold a signature.
       * @visibility secret
       */
      ratesFile?: string;

      /**
       * After how many days a rate is marked as old for the charges it converts; 7 by default.
       * @visibility backend
       */
      staleAfterDays?: number;
    };

    /**
     * Which resources and repositories belong to which entity.
     */
    bindings?: {
      /**
       * How often the catalog and the repositories' `.plumbline.yaml` are looked at. Every 5 minutes by default.
       * @visibility backend
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * Key of the tag on a cloud resource that names the entity it belongs to, as `kind:namespace/name`. It
       * confirms the link. `plumbline:entity` by default; keys are exact in case, AWS's `user:` prefix is minded.
       * @visibility backend
       */
      ownershipTag?: string;

      /**
       * URLs of repositories that hold descriptors of other people's code. A descriptor in one proves nothing.
       * @visibility backend
       */
      centralCatalogs?: string[];

      /**
       * Branches that a descriptor may have been read from to prove its folder: `main`, `master` and `HEAD` by
       * default. Anyone may put anything on other branches, on pull requests and at commits of forks.
       * @visibility backend
       */
      defaultBranches?: string[];

      /**
       * State files of Terraform or OpenTofu (version 4). Resources that one manages and that belong to nobody are
       * suggested for the entity whose it is. Only addresses, types and ids of cloud resources are kept of it.
       */
      states?: Array<{
        /**
         * A name to tell people which one it is.
         * @visibility backend
         */
        name: string;

        /**
         * Where it is read, on a host that `integrations` or `backend.reading` names; or `path`.
         * @visibility backend
         */
        url?: string;

        /**
         * A file that the back end may read; or `url`.
         * @visibility backend
         */
        path?: string;

        /**
         * The entity whose resources it holds, as `kind:namespace/name`; or `code`.
         * @visibility backend
         */
        entity?: string;

        /**
         * Where the code lies that it is the state of: the entity that this place is confirmed for gets its
         * resources suggested.
         */
        code?: {
          /**
           * URL of the repository, on a host that `integrations` names.
           * @visibility backend
           */
          url: string;

          /**
           * Folder in it; the whole of it by default.
           * @visibility backend
           */
          path?: string;
        };
      }>;

      /**
       * What the operator knows for certain. It comes before everything else, and confirms the link.
       */
      map?: Array<{
        /**
         * The Component or Resource, as `kind:namespace/name`.
         * @visibility backend
         */
        entity: string;

        /**
         * Ids of cloud resources as the bill writes them: ARNs, Azure resource ids, GCP resource names.
         * @visibility backend
         */
        resources?: string[];

        /**
         * Ids of accounts, subscriptions or projects of which everything belongs to the entity.
         * @visibility backend
         */
        accounts?: string[];

        /**
         * Repositories, or folders in them, that hold the entity's code.
         */
        repositories?: Array<{
          /**
           * URL of the repository, on a host that `integrations` names.
           * @visibility backend
           */
          url: string;

          /**
           * Files and folders relative to the repository; the whole of it by default.
           * @visibility backend
           */
          paths?: string[];
        }>;
      }>;
    };

    /**
     * By whom cost is borne that has no single consumer; see docs/cost.md.
     */
    allocation?: {
      /**
       * Whether `shares` in the `.plumbline.yaml` of an entity's own repository count. Consumers always see where a
       * rule comes from. True by default.
       * @visibility backend
       */
      acceptFromRepositories?: boolean;

      /**
       * Entities whose own cost is borne by others. They come before what repositories say.
       */
      shares?: Array<{
        /**
         * Whose cost it is, as `kind:namespace/name`.
         * @visibility backend
         */
        entity: string;

        /**
         * How large the parts are: all alike, by the weights that are written, or by what each consumer used.
         * @visibility backend
         */
        by: 'equal' | 'fixed' | 'usage';

        /**
         * The business metric that says what each consumer used in the month of the charge; for `usage` only.
         * @visibility backend
         */
        metric?: string;

        /**
         * Who bears it. Whoever's cost it is keeps a part only where it is listed as well.
         */
        consumers: Array<{
          /**
           * As `kind:namespace/name`.
           * @visibility backend
           */
          entity: string;

          /**
           * For `fixed` only: a number above zero.
           * @visibility backend
           */
          weight?: number;
        }>;

        /**
         * First day of charges for which it holds, `YYYY-MM-DD`; the day it was first seen by default.
         * @visibility backend
         */
        from?: string;

        /**
         * The first day for which it holds no more.
         * @visibility backend
         */
        to?: string;
      }>;

      /**
       * Rules for cost that belongs to no entity. The first that matches a charge counts; what none matches stays
       * shared, or unallocated.
       */
      split?: Array<{
        /**
         * What people read where it came from.
         * @visibility backend
         */
        name: string;

        /**
         * Which charges are meant: all that is given must hold. Case does not matter.
         */
        match: {
          /**
           * Charge categories of FOCUS: Usage, Purchase, Tax, Credit, Adjustment.
           * @visibility backend
           */
          categories?: string[];

          /**
           * Names of services as the bill writes them.
           * @visibility backend
           */
          services?: string[];

          /**
           * `Unused` takes what was committed to and not used. Without it, such waste stays shared.
           * @visibility backend
           */
          commitment?: 'Unused';

          /**
           * Types of resources as the bill writes them.
           * @visibility backend
           */
          resourceTypes?: string[];

          /**
           * Ids of resources as the bill writes them.
           * @visibility backend
           */
          resources?: string[];

          /**
           * Ids of accounts, subscriptions or projects.
           * @visibility backend
           */
          accounts?: string[];
        };

        /**
         * `proportional` to what each entity's own usage costs in the same bill and currency, `equal`, `fixed`, or
         * `none` to let it stay where it is.
         * @visibility backend
         */
        spread: 'proportional' | 'equal' | 'fixed' | 'none';

        /**
         * Only entities with usage in the charge's account, or with its provider, bear it.
         * @visibility backend
         */
        within?: 'account' | 'provider';

        /**
         * Who bears it; for `fixed`, and for `equal` unless everyone with usage is meant.
         */
        consumers?: Array<{
          /**
           * As `kind:namespace/name`.
           * @visibility backend
           */
          entity: string;

          /**
           * For `fixed` only: a number above zero.
           * @visibility backend
           */
          weight?: number;
        }>;

        /**
         * First day of charges for which it holds, `YYYY-MM-DD`; the day it was first seen by default.
         * @visibility backend
         */
        from?: string;

        /**
         * The first day for which it holds no more.
         * @visibility backend
         */
        to?: string;
      }>;
    };

    /**
     * How the environment of a resource is told.
     */
    environments?: {
      /**
       * Environment by account, subscription or project id. It comes before tags.
       */
      accounts?: {
        /**
         * Name of the environment, such as `prod`.
         * @visibility backend
         */
        [accountId: string]: string;
      };

      /**
       * Keys of tags that say the environment, the first one found counts; case does not matter.
       * `environment`, `env` and `stage` by default.
       * @visibility backend
       */
      tagKeys?: string[];

      /**
       * Environments that count as production: `prod` and `production` by default.
       * @visibility backend
       */
      production?: string[];
    };
  };
}
