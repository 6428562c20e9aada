import type { Match, SuggestableEntity, UnclaimedResource } from './types';
import { withoutEnvironment, wordsOf } from './words';

/** Keys of tags that say what a resource is for, the most telling first; lower case. */
const KEYS = [
  'service',
  'component',
  'app',
  'application',
  'app.kubernetes.io/name',
  'aws:cloudformation:stack-name',
  'name',
];

const LABELS = [
  { of: 'name', reason: 'the name of this entity' },
  { of: 'title', reason: 'the title of this entity' },
  { of: 'repository', reason: 'the name of a repository of this entity' },
] as const;

/**
 * Finds entities whose name, title or repository is the value of a telling tag.
 *
 * @internal
 */
export class TagIndex {
  readonly #byLabel = LABELS.map(() => new Map<string, Set<number>>());
  readonly #environments: ReadonlySet<string>;

  private constructor(environments: ReadonlySet<string>) {
    this.#environments = environments;
  }

  /** @param environments - names of environments, lower case */
  static create(
    entities: readonly SuggestableEntity[],
    environments: ReadonlySet<string>,
  ): TagIndex {
    const index = new TagIndex(environments);
    for (const { id, name, title, repositories, ref } of entities) {
      index.#add(0, name, id);
      index.#byLabel[0].set(ref, new Set([id]));
      index.#add(1, title ?? '', id);
      repositories.forEach(repository => index.#add(2, repository, id));
    }
    return index;
  }

  /** The entities that the most telling tag names; a name before a title before a repository. */
  find({ tags }: UnclaimedResource): Match[] {
    const byKey = new Map(
      [...tags].map(([key, value]) => [
        key.toLocaleLowerCase('en-US'),
        { key, value },
      ]),
    );
    for (const wanted of KEYS) {
      const tag = byKey.get(wanted);
      for (const spelling of tag ? this.#spellings(tag.value) : []) {
        for (const [at, label] of LABELS.entries()) {
          const found = this.#byLabel[at].get(spelling);
          if (tag && found) {
            return [...found].map(entityId => ({
              entityId,
              reason: `Its tag ${tag.key} is ${tag.value}: ${label.reason}.`,
            }));
          }
        }
      }
    }
    return [];
  }

  #add(label: number, text: string, id: number): void {
    const key = wordsOf(text).join(' ');
    if (key) {
      const ids = this.#byLabel[label].get(key) ?? new Set();
      this.#byLabel[label].set(key, ids.add(id));
    }
  }

  /** The value as a reference, as it is, and without the environment at its end. */
  #spellings(value: string): string[] {
    const words = wordsOf(value);
    return [
      value.toLocaleLowerCase('en-US'),
      words.join(' '),
      withoutEnvironment(words, this.#environments).join(' '),
    ];
  }
}
