import {
  loggedFunctionOf,
  lambdaFunctionOf,
  parseArn,
} from '../claims/parseArn';
import type { BindingsConfig } from '../BindingsConfig';
import type { ClaimIndex } from './ClaimIndex';
import { decideResource, type ResourceDecision } from './decideResource';
import { UNKNOWN_ENVIRONMENT } from './environmentOf';
import { proofReasons } from './proofReasons';
import { RANK } from './rank';
import type { Candidate, KnownResource } from './types';

/** Whether a resource is the log group of a Lambda function, and waits for the function to be decided. */
export function isFunctionLog(resource: KnownResource): boolean {
  return loggedFunctionOf(parseArn(resource.nativeId)) !== undefined;
}

/**
 * Who has which Lambda function, so that a log group that nothing else is known of follows its function.
 *
 * @internal
 */
export class FunctionOwners {
  readonly #index: ClaimIndex;
  readonly #config: BindingsConfig;
  readonly #decisions = new Map<
    string,
    { decision: ResourceDecision; qualified: boolean }
  >();

  static create(options: {
    index: ClaimIndex;
    config: BindingsConfig;
  }): FunctionOwners {
    return new FunctionOwners(options.index, options.config);
  }

  private constructor(index: ClaimIndex, config: BindingsConfig) {
    this.#index = index;
    this.#config = config;
  }

  /** Notes who got a resource, where it is a function. The function itself counts before its versions. */
  note(resource: KnownResource, decision: ResourceDecision) {
    const arn = parseArn(resource.nativeId);
    const name = lambdaFunctionOf(arn);
    if (!arn || !name) {
      return;
    }
    const key = keyOf(arn, name);
    const qualified = arn.resource !== `function:${name}`;
    const known = this.#decisions.get(key);
    if (!known || (known.qualified && !qualified)) {
      this.#decisions.set(key, { decision, qualified });
    }
  }

  /** The owner of the function whose log group a resource is; none for any other resource. */
  ofLogGroup(
    resource: KnownResource,
    boundSince: (entityId: number) => number,
  ): Candidate | undefined {
    const arn = parseArn(resource.nativeId);
    const name = loggedFunctionOf(arn);
    if (!arn || !name) {
      return undefined;
    }
    const { owner, environment } =
      this.#decisions.get(keyOf(arn, name))?.decision ??
      this.#unbilled(resource, name, boundSince);
    // What is left over of an account is decided for the log group as for the function.
    return owner && owner.rank !== RANK.account
      ? {
          entity: owner.entity,
          matchedBy: owner.matchedBy,
          rank: owner.rank,
          proof: 'claimed',
          reason: proofReasons.logGroup(
            name,
            this.#config.ownershipTag,
            owner.entity.ref,
          ),
          environment:
            environment === UNKNOWN_ENVIRONMENT ? undefined : environment,
        }
      : undefined;
  }

  /** A function that costs nothing is on no bill, but may be claimed all the same. */
  #unbilled(
    logGroup: KnownResource,
    name: string,
    boundSince: (entityId: number) => number,
  ): ResourceDecision {
    return decideResource(
      {
        ...logGroup,
        nativeId: logGroup.nativeId.replace(
          /:logs:([^:]*:[^:]*):.*$/,
          `:lambda:$1:function:${name}`,
        ),
        tags: new Map(),
      },
      { index: this.#index, config: this.#config, boundSince },
    );
  }
}

function keyOf(
  arn: { region: string; accountId: string },
  name: string,
): string {
  return `${arn.region} ${arn.accountId} ${name}`;
}
