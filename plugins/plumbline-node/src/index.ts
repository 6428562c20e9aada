/**
 * Contracts and extension points for Plumbline modules.
 *
 * @packageDocumentation
 */

export * from './permissions';
export * from './sources';
