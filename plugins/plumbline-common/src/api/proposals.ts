import type { EntityRef } from '../entityRef';

/** The change to one catalog file. @public */
export interface ProposedFile {
  /** Relative to the repository. */
  path: string;
  /** Where people see the file. */
  url: string;
  /** Unified diff of this file, as Git writes it. */
  diff: string;
  entityRefs: EntityRef[];
  suggestionIds: string[];
}

/** The changes to the catalog files of one repository. @public */
export interface ProposedPatch {
  host: string;
  /** `owner/name`. */
  repository: string;
  /** The branch that the files were read from, where their address says one. */
  branch?: string;
  files: ProposedFile[];
  /** All of its diffs, for `git apply`. */
  patch: string;
}

/** An entity whose file is left alone. @public */
export interface ManualChange {
  entityRef: EntityRef;
  suggestionIds: string[];
  /** A sentence: why. */
  reason: string;
  /** Where its file is, where it has one. */
  url?: string;
  /** YAML to add by hand. */
  lines: string;
}

/** What accepting suggestions would change. Nothing was written. @public */
export interface ProposalPreview {
  patches: ProposedPatch[];
  byHand: ManualChange[];
  /** Suggestions that do not stand any more. */
  gone: string[];
}
