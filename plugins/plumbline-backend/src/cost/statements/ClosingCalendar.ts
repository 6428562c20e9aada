import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import type { HumanDuration } from '@backstage/types';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { Duration } from 'luxon';
import { endDayOfMonth, instantOfDay } from '../../database';

/** When a month's time to be closed comes. @internal */
export interface ClosingTime {
  /** Absent while it is not known when Plumbline first started here. */
  at?: Date;
  /** It was over before Plumbline first started: stated after the fact. */
  history: boolean;
}

/**
 * When months are closed: some days after their end; those that were over before Plumbline first started, some
 * days after that, so that nobody finds two years of links frozen that they never saw.
 *
 * @internal
 */
export class ClosingCalendar {
  readonly #closeAfterMs: number;
  readonly #historyAfterMs: number;

  private constructor(closeAfterMs: number, historyAfterMs: number) {
    this.#closeAfterMs = closeAfterMs;
    this.#historyAfterMs = historyAfterMs;
  }

  static create(
    options: { closeAfter?: HumanDuration; historyAfter?: HumanDuration } = {},
  ): ClosingCalendar {
    const ms = (duration: HumanDuration) =>
      Duration.fromObject(duration).toMillis();
    return new ClosingCalendar(
      ms(options.closeAfter ?? { days: 4 }),
      ms(options.historyAfter ?? { days: 7 }),
    );
  }

  static fromConfig(config: RootConfigService): ClosingCalendar {
    const duration = (key: string) =>
      config.has(key) ? readDurationFromConfig(config, { key }) : undefined;
    return ClosingCalendar.create({
      closeAfter: duration('plumbline.statements.closeAfter'),
      historyAfter: duration('plumbline.statements.historyAfter'),
    });
  }

  /** @param since - when Plumbline first started with this database */
  closingOf(month: Month, since: Date | undefined): ClosingTime {
    if (!since) {
      return { history: true };
    }
    const regular = endOf(month).getTime() + this.#closeAfterMs;
    const history = isOver(month, since);
    return {
      at: new Date(
        history
          ? Math.max(regular, since.getTime() + this.#historyAfterMs)
          : regular,
      ),
      history,
    };
  }
}

/** Whether a month's last day has passed. @internal */
export function isOver(month: Month, now: Date): boolean {
  return endOf(month) <= now;
}

function endOf(month: Month): Date {
  return instantOfDay(endDayOfMonth(month));
}
