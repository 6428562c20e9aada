/** What a scenario is about. */
export type ScenarioKind =
  | 'deployment'
  | 'incident'
  | 'console-change'
  | 'misconfiguration'
  | 'network'
  | 'idle'
  | 'price'
  | 'credit'
  | 'commitment'
  | 'season'
  | 'growth'
  | 'correction'
  | 'restatement'
  | 'late-data';

/** A driver of cost that a scenario multiplies. */
export type Meter =
  | 'requests'
  | 'duration'
  | 'ingestion'
  | 'bytes'
  | 'storage'
  | 'reads'
  | 'writes';

/** What a scenario does to the usage of one resource. */
export type Effect = {
  /** `name` of a cloud resource; production and the primary region unless the name says otherwise. */
  resource: string;
  meters: readonly Meter[];
  /** Usage in the period over usage without the scenario. */
  factor: number;
};

/** When a scenario holds, in days before the export's end date (which is day 0). */
export type Period = {
  /** First day; at most 0. */
  fromDay: number;
  /** Last day; undefined where it still lasts. */
  toDay?: number;
};

/** Something that happened to the company, as ground truth. */
export type Scenario = {
  id: string;
  title: string;
  kind: ScenarioKind;
  /** The entity that pays; undefined where none does. */
  entityRef?: string;
  /** Names of the resources that show it. */
  resources: readonly string[];
  /** When; undefined for what follows the calendar, described in `calendar`. */
  period?: Period;
  /** The rule of a scenario that follows the calendar. */
  calendar?: string;
  /** What is seen in the bill. */
  size: string;
  cause: string;
  /** Where the cause can be found. */
  evidence: string;
  /** Whether somebody should be told. */
  expected: 'finding' | 'nothing';
  effects: readonly Effect[];
};
