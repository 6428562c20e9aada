import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  BindingSuggestion,
  EntityRef,
  ManualChange,
  ProposalPreview,
  ProposedFile,
} from '@plumbline/backstage-plugin-plumbline-common';
import { bulkhead } from 'cockatiel';
import type { CatalogNames } from '../../permissions';
import type { RepositoryPlace } from '../repositories/RepositoryLocator';
import { repositoryKey } from '../repositories/RepositoryLocator';
import type { SuggestionStore } from '../suggestions';
import { addAnnotationValues } from './catalogFile/addAnnotationValues';
import { entitiesIn } from './catalogFile/findEntity';
import type { CatalogFile, CatalogFileReader } from './CatalogFileReader';
import { diffOf } from './diffOf';
import { changesOf, type EntityChange } from './EntityChange';
import { manualLines } from './manualLines';
import type { ProposalService } from './ProposalService';

/** An explicit act of a person: so long the Git hosts have. */
const DEADLINE_MS = 10_000;
const CONCURRENT = 4;

interface Options {
  suggestions: SuggestionStore;
  names: CatalogNames;
  files: CatalogFileReader;
  deadlineMs?: number;
}

/** The changes of one file, and the entities it was left alone for. */
interface FileOutcome {
  place: RepositoryPlace;
  file?: ProposedFile;
  byHand: ManualChange[];
}

/**
 * Previews for whoever asks, of entities that the catalog shows to them; see {@link AuthorizedProposalService}.
 *
 * @internal
 */
export class DefaultProposalService implements ProposalService {
  readonly #suggestions: SuggestionStore;
  readonly #names: CatalogNames;
  readonly #files: CatalogFileReader;
  readonly #deadlineMs: number;

  private constructor(options: Options) {
    this.#suggestions = options.suggestions;
    this.#names = options.names;
    this.#files = options.files;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  }

  static create(options: Options): DefaultProposalService {
    return new DefaultProposalService(options);
  }

  async preview(request: {
    suggestionIds: readonly number[];
    credentials: BackstageCredentials;
  }): Promise<ProposalPreview> {
    const { suggestionIds, credentials } = request;
    const standing = await this.#suggestions.getByIds(suggestionIds);
    const located = await this.#files.locate(
      [...new Set(standing.map(({ entityRef }) => entityRef))],
      credentials,
    );
    // What is not the caller's is answered like what is not there.
    const suggestions = standing.filter(({ entityRef }) =>
      located.has(entityRef),
    );
    assertOneEach(suggestions);

    const byHand: ManualChange[] = [];
    const byFile = new Map<string, EntityChange[]>();
    for (const change of changesOf(suggestions)) {
      const file = located.get(change.entityRef) as CatalogFile;
      if ('reason' in file) {
        byHand.push(manual(change, file.reason, file.url));
      } else {
        byFile.set(file.url, [...(byFile.get(file.url) ?? []), change]);
      }
    }
    const signal = AbortSignal.timeout(this.#deadlineMs);
    const limit = bulkhead(CONCURRENT, Infinity);
    const outcomes = await Promise.all(
      [...byFile].map(([url, changes]) =>
        limit.execute(async () => {
          const file = located.get(changes[0].entityRef) as CatalogFile & {
            place: RepositoryPlace;
          };
          return this.#change(url, file.place, changes, signal, credentials);
        }),
      ),
    );
    const known = new Set(suggestions.map(({ id }) => id));
    return {
      patches: patchesOf(outcomes),
      byHand: [...byHand, ...outcomes.flatMap(outcome => outcome.byHand)],
      gone: suggestionIds.map(String).filter(id => !known.has(id)),
    };
  }

  async #change(
    url: string,
    place: RepositoryPlace,
    changes: readonly EntityChange[],
    signal: AbortSignal,
    credentials: BackstageCredentials,
  ): Promise<FileOutcome> {
    const read = await this.#files.read(url, signal);
    const refused =
      'reason' in read
        ? read.reason
        : await this.#hiddenIn(read.text, credentials);
    if (refused !== undefined || 'reason' in read) {
      return {
        place,
        byHand: changes.map(change => manual(change, refused ?? '', url)),
      };
    }
    const byHand: ManualChange[] = [];
    const changed: EntityChange[] = [];
    let { text } = read;
    for (const change of changes) {
      const edited = applied(text, change);
      if ('problem' in edited) {
        byHand.push(
          manual(change, `The file is left alone: ${edited.problem}.`, url),
        );
      } else {
        text = edited.text;
        changed.push(change);
      }
    }
    const diff = diffOf(place.path, read.text, text);
    return {
      place,
      byHand,
      ...(diff && {
        file: {
          path: place.path,
          url,
          diff,
          entityRefs: changed.map(({ entityRef }) => entityRef),
          suggestionIds: changed.flatMap(change => change.suggestionIds),
        },
      }),
    };
  }

  /** A diff shows the lines around a change: they must not be of what the catalog hides from the caller. */
  async #hiddenIn(
    text: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const refs = entitiesIn(text);
    const visible = await this.#names.getVisible(refs, credentials);
    return refs.every(ref => visible.has(ref))
      ? undefined
      : 'The file also describes what the catalog does not show to you.';
  }
}

function applied(
  text: string,
  { entityRef, values }: EntityChange,
): ReturnType<typeof addAnnotationValues> {
  let edited = text;
  for (const [annotation, list] of values) {
    const result = addAnnotationValues(edited, {
      entityRef,
      annotation,
      values: list,
    });
    if ('problem' in result) {
      return result;
    }
    edited = result.text;
  }
  return edited === text
    ? { problem: 'it says so already; the catalog has yet to read it' }
    : { text: edited };
}

function manual(
  { entityRef, suggestionIds, values }: EntityChange,
  reason: string,
  url: string | undefined,
): ManualChange {
  return {
    entityRef,
    suggestionIds,
    reason,
    ...(url && { url }),
    lines: manualLines(values),
  };
}

function patchesOf(
  outcomes: readonly FileOutcome[],
): ProposalPreview['patches'] {
  const patches = new Map<string, ProposalPreview['patches'][number]>();
  for (const { place, file } of outcomes) {
    if (file) {
      const key = `${repositoryKey(place)} ${place.ref ?? ''}`;
      const patch = patches.get(key) ?? {
        host: place.host,
        repository: place.repository,
        ...(place.ref && { branch: place.ref }),
        files: [],
        patch: '',
      };
      patch.files.push(file);
      patch.patch += file.diff;
      patches.set(key, patch);
    }
  }
  return [...patches.values()];
}

/** @throws InputError when a resource was chosen for more than one entity */
function assertOneEach(suggestions: readonly BindingSuggestion[]): void {
  const chosen = new Map<string, EntityRef>();
  for (const { resource, entityRef } of suggestions) {
    const key = `${resource.provider} ${resource.id}`;
    const other = chosen.get(key);
    if (other && other !== entityRef) {
      throw new InputError(
        `'${resource.id}' was chosen for ${other} and for ${entityRef}; choose one of them`,
      );
    }
    chosen.set(key, entityRef);
  }
}
