import type { Match, SuggestableEntity, UnclaimedResource } from './types';
import { withoutEnvironment, wordsOf } from './words';

/** Words that name a kind of thing: an entity of such a name is meant only where the whole name is it. */
const GENERIC = new Set(
  'api app application service services web site server backend frontend core main data database db cache queue topic table bucket function lambda handler worker job cluster node common shared platform infra default public private internal external log logs monitoring metrics test admin proxy gateway'.split(
    ' ',
  ),
);
/** A single word that is shorter is found in too many names. */
const SHORTEST_WORD = 4;

interface Named {
  entity: SuggestableEntity;
  words: string[];
}

interface Found extends Named {
  whole: boolean;
  text: string;
}

/**
 * Finds entities whose name stands in a resource's name or id, as whole words and in their order.
 *
 * @internal
 */
export class NameIndex {
  readonly #byFirstWord = new Map<string, Named[]>();
  readonly #environments: ReadonlySet<string>;

  private constructor(environments: ReadonlySet<string>) {
    this.#environments = environments;
  }

  /** @param environments - names of environments, lower case */
  static create(
    entities: readonly SuggestableEntity[],
    environments: ReadonlySet<string>,
  ): NameIndex {
    const index = new NameIndex(environments);
    for (const entity of entities) {
      const words = wordsOf(entity.name);
      if (words.length > 0) {
        const named = index.#byFirstWord.get(words[0]) ?? [];
        named.push({ entity, words });
        index.#byFirstWord.set(words[0], named);
      }
    }
    return index;
  }

  /** The entities that fit best: a whole name before a part of one, more words before fewer. */
  find(resource: UnclaimedResource): Match[] {
    const found = namesOf(resource).flatMap(text => this.#in(text));
    const best = Math.max(...found.map(weightOf));
    const matches = new Map(
      found
        .filter(match => weightOf(match) === best)
        .reverse()
        .map(match => [match.entity.id, match]),
    );
    return [...matches.values()].map(({ entity, text, whole }) => ({
      entityId: entity.id,
      reason: whole
        ? `Its name, ${text}, is the name ${entity.name}, but for what stands for an environment.`
        : `Its name, ${text}, holds the name ${entity.name}.`,
    }));
  }

  #in(text: string): Found[] {
    const words = withoutEnvironment(wordsOf(text), this.#environments);
    const found: Found[] = [];
    words.forEach((word, at) => {
      for (const named of this.#byFirstWord.get(word) ?? []) {
        const length = named.words.length;
        if (named.words.every((part, offset) => part === words[at + offset])) {
          const whole = length === words.length;
          if (whole || length > 1 || isTelling(word)) {
            found.push({ ...named, whole, text });
          }
        }
      }
    });
    return found;
  }
}

function isTelling(word: string): boolean {
  return word.length >= SHORTEST_WORD && !GENERIC.has(word);
}

function weightOf({ whole, words }: Found): number {
  return (whole ? 1_000 : 0) + words.length;
}

/** What of a resource's name and id a person chose: not the accounts, regions and types in it. */
function namesOf({ name, nativeId }: UnclaimedResource): string[] {
  const chosen = chosenPartsOf(nativeId);
  // The last part is the thing itself; what comes before is what it lies in.
  return [...new Set([name, ...chosen.reverse()])].filter(
    (text): text is string => Boolean(text),
  );
}

function chosenPartsOf(nativeId: string): string[] {
  const arn = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(nativeId);
  if (arn) {
    return arn[1].split(/[/:]/);
  }
  const azure = /^\/subscriptions\/[^/]+\/(.+)$/i.exec(nativeId);
  return azure ? valuesOf(azure[1].split('/')) : nativeId.split('/').slice(-1);
}

/** The values of `key/value/key/value`, but for the name of Azure's provider. */
function valuesOf(parts: readonly string[]): string[] {
  return parts.filter(
    (_, at) => at % 2 === 1 && parts[at - 1].toLowerCase() !== 'providers',
  );
}
