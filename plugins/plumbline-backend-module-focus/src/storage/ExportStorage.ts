/**
 * A file of an export, as it was when it was listed.
 *
 * @internal
 */
export interface ExportFile {
  /** Path below the export's root, with `/` between its parts. */
  name: string;
  /** Bytes. */
  size: number;
  modified: Date;
  /** Changes with the content: an ETag, or the time of the last change. */
  version: string;
}

/**
 * Where the files of an export lie.
 *
 * @internal
 */
export interface ExportStorage {
  /** The root, for people: a path or `s3://bucket/prefix`. */
  readonly location: string;
  /**
   * All files below the root.
   *
   * @throws SourceAccessError when the root may not be listed.
   * @throws NotFoundError when there is no such root.
   */
  list(signal: AbortSignal): Promise<ExportFile[]>;
  /** The text of a small file such as a manifest. */
  readText(file: ExportFile, signal: AbortSignal): Promise<string>;
  /**
   * Makes the file readable at `target`, a path that does not exist yet.
   *
   * @throws FocusReadError when the file is no longer as it was listed.
   * @throws SourceAccessError when it may not be read.
   */
  stage(file: ExportFile, target: string, signal: AbortSignal): Promise<void>;
  /**
   * Makes sure that what was staged is still what was listed.
   *
   * @throws FocusReadError when it is not.
   */
  verify(file: ExportFile): Promise<void>;
}
