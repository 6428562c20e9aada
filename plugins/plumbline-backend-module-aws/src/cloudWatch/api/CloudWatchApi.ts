import {
  CloudWatchClient,
  GetMetricDataCommand,
  type CloudWatchClientConfig,
  type GetMetricDataOutput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import {
  AwsReadError,
  bookCalls,
  clientSettings,
  IN_EACH_ATTEMPT,
  readPages,
  type AwsPlace,
  type AwsQuestion,
} from '../../aws';
import { Answers, type MetricAnswer } from './Answers';
import { batchesOf } from './batchesOf';

const QUESTION: AwsQuestion = {
  service: { title: 'CloudWatch', prefix: 'cloudwatch' },
  operation: 'GetMetricData',
  what: 'metrics',
};
/** CloudWatch asks to be asked again for what ended in an error of its own. */
const ROUNDS = 3;

/** A series that is asked for. @internal */
export interface MetricQuestion {
  /** In words, for messages. */
  what: string;
  /** Asked for in the same call; those that are not to be returned say so. */
  inputs: MetricDataQuery[];
  /** What is returned; CloudWatch gets an id for it. */
  query: Omit<MetricDataQuery, 'Id'>;
}

/** Instants; the second one is not part of it. @internal */
export interface TimeRange {
  from: Date;
  to: Date;
}

/** What was answered, in the order of the questions. @internal */
export interface MetricAnswers {
  answers: MetricAnswer[];
  /** What CloudWatch remarks about all of it. */
  remarks: string[];
}

/**
 * CloudWatch of one account and region, for one run. Each call, a repeated one too, is booked before it is made.
 *
 * @internal
 */
export class CloudWatchApi {
  static async open(options: {
    place: AwsPlace;
    /** What it is asked for, in words. */
    what: string;
    credentials: AwsCredentialsManager;
    budget: PaidCallBudget;
    signal: AbortSignal;
    client?: Partial<CloudWatchClientConfig>;
  }): Promise<CloudWatchApi> {
    const question = { ...QUESTION, what: options.what };
    const client = new CloudWatchClient({
      ...(await clientSettings(options.place, options.credentials, question)),
      ...options.client,
    });
    client.middlewareStack.addRelativeTo(
      bookCalls(options.budget),
      IN_EACH_ATTEMPT,
    );
    return new CloudWatchApi(client, question, options.signal);
  }

  private constructor(
    private readonly client: CloudWatchClient,
    private readonly question: AwsQuestion,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Values of series, in as few calls as CloudWatch allows.
   *
   * @throws AwsReadError where some could not be read as a whole
   * @throws AwsAccessError where nothing may be read
   */
  async metricData(
    questions: MetricQuestion[],
    range: TimeRange,
  ): Promise<MetricAnswers> {
    const answers = Answers.to(questions);
    for (let round = 1; answers.open.length > 0; round++) {
      if (round > ROUNDS) {
        throw new AwsReadError(answers.complaint());
      }
      for (const batch of batchesOf(answers.open)) {
        await this.ask(batch, range, answers);
      }
    }
    return answers.all();
  }

  /** Closes the connections. */
  close(): void {
    this.client.destroy();
  }

  private async ask(
    batch: MetricDataQuery[],
    { from, to }: TimeRange,
    answers: Answers,
  ): Promise<void> {
    const pages: GetMetricDataOutput[] = [];
    await readPages(this.question, this.signal, async NextToken => {
      const page = await this.client.send(
        new GetMetricDataCommand({
          MetricDataQueries: batch,
          StartTime: from,
          EndTime: to,
          ScanBy: 'TimestampAscending',
          NextToken,
        }),
        { abortSignal: this.signal },
      );
      pages.push(page);
      return page.NextToken;
    }).catch(error => {
      throw answers.inWords(error);
    });
    answers.take(batch, pages);
  }
}
