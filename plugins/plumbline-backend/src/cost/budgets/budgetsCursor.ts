import { InputError } from '@backstage/errors';

/** A place in the list of budgets. @internal */
export interface BudgetsPlace {
  entityRef: string;
  id: string;
}

/** Places as text, and back. @internal */
export const budgetsCursor = {
  write(place: BudgetsPlace | undefined): string | undefined {
    return place && `${place.id}~${place.entityRef}`;
  },

  /** @throws InputError when it is none that was ever given */
  read(text: string): BudgetsPlace {
    const match = /^([0-9a-f]{64})~(.{1,512})$/.exec(text);
    if (!match) {
      throw new InputError(
        `'cursor' is none of this list; take nextCursor of the page before`,
      );
    }
    return { id: match[1], entityRef: match[2] };
  },
};
