/**
 * Contracts and extension points for Plumbline modules.
 *
 * @packageDocumentation
 */

export * from './permissions';
export { nameOfPlace, readPlace, toUrlPlace, type Place } from './places';
export * from './sources';
