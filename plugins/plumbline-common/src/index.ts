/**
 * Shared types, permissions, annotations and the API client of Plumbline.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './api';
export * from './entityRef';
export * from './permissions';
export * from './plumblineYaml';
