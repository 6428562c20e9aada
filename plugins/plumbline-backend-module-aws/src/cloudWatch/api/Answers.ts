import type {
  GetMetricDataOutput,
  MessageData,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsAccessError, AwsReadError } from '../../aws';
import type { MetricAnswers, MetricQuestion } from './CloudWatchApi';

const ID = 'plumbline';
const SHOWN = 200;

/** The values of one series. @internal */
export interface MetricAnswer {
  /** By instant, in milliseconds since 1970. */
  values: Map<number, number>;
  remarks: string[];
}

/** A question that has no whole answer yet. @internal */
export interface OpenQuestion {
  what: string;
  id: string;
  queries: MetricDataQuery[];
  /** What CloudWatch said of it last. */
  status?: string;
}

/**
 * Puts the answers to questions together from pages. Only what CloudWatch calls complete is one.
 *
 * @internal
 */
export class Answers {
  static to(questions: MetricQuestion[]): Answers {
    return new Answers(
      questions.map(({ what, inputs, query }, i) => ({
        what,
        id: `${ID}${i}`,
        queries: [...inputs, { ...query, Id: `${ID}${i}` }],
      })),
    );
  }

  private readonly done = new Map<string, MetricAnswer>();
  private readonly remarks = new Set<string>();

  private constructor(private readonly questions: OpenQuestion[]) {}

  /** What is still to be asked. */
  get open(): OpenQuestion[] {
    return this.questions.filter(({ id }) => !this.done.has(id));
  }

  /** Takes all pages of a call. */
  take(batch: MetricDataQuery[], pages: GetMetricDataOutput[]): void {
    const asked = new Set(batch.map(({ Id }) => Id));
    for (const { Messages } of pages) {
      textsOf(Messages).forEach(text => this.remarks.add(text));
    }
    const results = pages.flatMap(page => page.MetricDataResults ?? []);
    for (const question of this.open) {
      if (asked.has(question.id)) {
        this.settle(
          question,
          results.filter(({ Id }) => Id === question.id),
        );
      }
    }
  }

  all(): MetricAnswers {
    return {
      answers: this.questions.map(
        ({ id }) => this.done.get(id) ?? { values: new Map(), remarks: [] },
      ),
      remarks: [...this.remarks],
    };
  }

  /** Why there is no whole answer. */
  complaint(): string {
    const [{ what, status }, ...more] = this.open;
    return `CloudWatch has no whole answer for ${what}${
      more.length > 0 ? ` and ${more.length} more` : ''
    } (it says ${status ?? 'nothing'}); the next run asks again`;
  }

  /** An error with the names of what was asked for in place of our ids. */
  inWords(error: unknown): unknown {
    return error instanceof AwsReadError
      ? new AwsReadError(
          error.reason.replace(
            new RegExp(`\\b${ID}(\\d+)\\b`, 'g'),
            (id, i) => this.questions[Number(i)]?.what ?? id,
          ),
          error,
        )
      : error;
  }

  private settle(question: OpenQuestion, results: MetricDataResult[]): void {
    const last = results[results.length - 1];
    question.status = last?.StatusCode;
    if (results.some(({ StatusCode }) => StatusCode === 'Forbidden')) {
      throw new AwsAccessError(
        `May not read ${question.what}: the right cloudwatch:GetMetricData is missing for it (CloudWatch says Forbidden).`,
        { missingRight: 'cloudwatch:GetMetricData' },
      );
    }
    if (
      last?.StatusCode !== 'Complete' ||
      results.some(({ StatusCode }) => StatusCode === 'InternalError')
    ) {
      return;
    }
    const values = new Map<number, number>();
    for (const { Timestamps = [], Values = [] } of results) {
      if (Timestamps.length !== Values.length) {
        question.status = `${Values.length} values at ${Timestamps.length} times`;
        return;
      }
      Timestamps.forEach((time, i) => values.set(time.getTime(), Values[i]));
    }
    this.done.set(question.id, {
      values,
      remarks: results.flatMap(({ Messages }) => textsOf(Messages)),
    });
  }
}

function textsOf(messages: MessageData[] | undefined): string[] {
  return (messages ?? []).map(({ Code, Value }) =>
    `CloudWatch says ${Code ?? 'this'}: ${Value ?? ''}`.slice(0, SHOWN),
  );
}
