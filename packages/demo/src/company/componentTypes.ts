import { Environment, IacEngine } from './types';

/** How a component's functions are tied to it. */
export type FunctionBinding = 'tag' | 'name' | 'selector' | 'arn';

/** A component in the short form from which entity and resources are made. */
export type ComponentFacts = {
  name: string;
  description: string;
  system: string;
  owner: string;
  type?: 'service' | 'website' | 'job' | 'library';
  lifecycle?: 'production' | 'experimental' | 'deprecated';
  /** `shop`: a folder of the monorepo; `own`: a repository of its name; `central`: registered in the catalog repository. */
  home: 'shop' | 'own' | 'central';
  /** Repository and path of the code of a centrally registered component. */
  code?: { repository: string; path: string };
  engine?: IacEngine;
  /** Undefined where the component runs no Lambda function. */
  lambda?: {
    memoryMb: number;
    timeoutSeconds?: number;
    runtime?: 'nodejs22.x' | 'python3.13' | 'java21';
    architecture?: 'x86_64' | 'arm64';
    inVpc?: boolean;
    binding?: FunctionBinding;
    bothRegions?: boolean;
    euro?: boolean;
    logLevel?: 'debug';
    provisionedConcurrency?: number;
    environments?: readonly Environment[];
  };
  /** Names of Resource entities. */
  uses?: readonly string[];
  /** Names of Component entities. */
  calls?: readonly string[];
};
